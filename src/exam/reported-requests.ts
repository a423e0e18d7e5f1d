import { Redaction } from '../world/journal/redaction.js';
import { isWordForNothing } from '../world/journal/words-for-nothing.js';
import type { ReportedRequest } from './result.js';
import type { SeenRequest } from './seen-request.js';

/** Maximum number of requests of one check in a report. */
const requestLimit = 60;

/** Names of parameters and members whose values are secrets of the exam. */
const secretNames = ['access_token', 'refresh_token', 'code', 'client_secret', 'code_verifier', 'password', 'state'];

/** What a check saw, as a report shows it. */
export interface Reported {
  readonly requests: ReportedRequest[];
  readonly explanation: string;
}

/**
 * Requests and explanation as a report shows them: with fingerprints in place of secrets. Of many requests, those that
 * prove the verdict and the first others.
 */
export function reportedRequests(
  requests: readonly SeenRequest[],
  evidence: readonly SeenRequest[],
  explanation: string,
  seed: string,
): Reported {
  const shown = withinLimit(requests, new Set(evidence.map(({ id }) => id)));
  // a secret of a request that is not shown can stand in the explanation
  const secrets = new Set(requests.flatMap(secretsOf));
  const redaction = new Redaction({
    secrets: 'fingerprint',
    fingerprintKey: seed,
    isIssued: (value) => secrets.has(value),
    registeredSecrets: () => secrets,
  });
  const beginning = shown[0]?.realAt ?? 0;
  return {
    requests: shown.map((request) => reported(request, redaction, beginning)),
    // a function of a test can throw an error with a token in its message
    explanation: redaction.everywhere(redaction.untrusted(explanation)),
  };
}

function withinLimit(requests: readonly SeenRequest[], evidence: ReadonlySet<number>): readonly SeenRequest[] {
  const proof = requests.filter(({ id }) => evidence.has(id)).slice(0, requestLimit);
  const others = requests.filter(({ id }) => !evidence.has(id)).slice(0, requestLimit - proof.length);
  const kept = new Set([...proof, ...others]);
  return requests.filter((request) => kept.has(request));
}

function reported(request: SeenRequest, redaction: Redaction, beginning: number): ReportedRequest {
  const { id, endpoint, grantType, status, realAt, entry } = request;
  const { method, path, query, form } = entry.request;
  return {
    entry: id,
    afterMs: realAt - beginning,
    endpoint,
    grantType: redaction.value(grantType),
    method,
    path: redaction.path(path),
    query: redaction.members(query) as Record<string, unknown>,
    ...(form === undefined ? {} : { form: redaction.members(form) }),
    status,
    explanation: entry.explanation === undefined ? undefined : redaction.untrusted(entry.explanation),
    fault: entry.fault?.kind,
    location: locationOf(request, redaction),
  };
}

/** Where the answer redirects to, without its query, which has codes. */
function locationOf(request: SeenRequest, redaction: Redaction): string | undefined {
  const [target] = request.answerHeader('location')?.split(/[?#]/, 1) ?? [];
  return redaction.value(target);
}

/** Tokens that only the explanation of a request names: the client may never have got them. */
function tokensInFacts({ entry }: SeenRequest): unknown[] {
  const { facts } = entry;
  const members = typeof facts === 'object' && facts !== null ? new Map(Object.entries(facts)) : new Map();
  return ['replacedBy', 'accessToken', 'refreshToken', 'code'].map((name): unknown => members.get(name));
}

function secretsOf(request: SeenRequest): string[] {
  const location = request.answerHeader('location') ?? '';
  const back = URL.canParse(location) ? new URL(location).searchParams : new URLSearchParams();
  return secretNames
    .flatMap((name) => [request.form(name), request.query(name), request.answer(name), back.get(name)])
    .concat(request.accessToken, request.basicSecret, ...tokensInFacts(request))
    .filter((value): value is string => typeof value === 'string' && value.length > 3)
    .filter((value) => !isWordForNothing(value));
}
