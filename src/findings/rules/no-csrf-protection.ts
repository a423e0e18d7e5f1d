import { defineRule } from '../rule.js';
import { splitOnce } from '../../world/journal/url-text.js';
import { escapedNames } from './html-escaped-parameters.js';
import { distinct } from './state-reused.js';
import { leastStateCharacters } from './state-too-short.js';
import type { Flow } from '../flow.js';
import type { Proof } from '../rule.js';
import type { Severity } from '../severity.js';

/** What helps at a provider that does not return the state. */
const adviceWithoutState =
  'The provider returns no state, so a callback cannot be compared with one. Put a new random value of at least ' +
  `${leastStateCharacters} characters into the query of redirect_uri in each authorization request, store it in the ` +
  'browser session, and compare it in the callback.';

export const noCsrfProtection = defineRule({
  id: 'no-csrf-protection',
  severity: 'error',
  verdict:
    'An authorization was requested with neither state nor PKCE. An attacker can make the client accept a ' +
    "code of the attacker's account.",
  clause: 'RFC 6749 §10.12; RFC 9700 §2.1',
  advice:
    'Send a new random state with each authorization request, store it in the browser session, and compare it ' +
    'in the callback. If the provider supports PKCE, send a code_challenge too.',
  spares:
    'A note if the provider neither returns state nor supports PKCE, because the client can use neither. A ' +
    'warning if a code_challenge was sent to a provider that ignores it. Not reported if the provider returns no ' +
    'state, and the query of redirect_uri has a long value that no other authorization has. Not reported if ' +
    'the state was sent after &amp;, which html-escaped-parameters reports.',
  judge: ({ flows }) => {
    const values = countValues(flows);
    return flows.filter((flow) => isBare(flow, values)).map((flow) => proofOf(flow, values));
  },
});

function proofOf(flow: Flow, values: ReadonlyMap<string, number>): Proof {
  const { request, challenge } = flow;
  const sent =
    challenge === undefined
      ? 'The request has no state and no code_challenge.'
      : 'The request has no state, and the provider ignores its code_challenge.';
  return {
    by: [request],
    severity: severityOf(flow),
    ...(request.policy.echoState
      ? { says: sent }
      : { says: [sent, ...remarkOn(flow, values)].join(' '), advice: adviceWithoutState }),
  };
}

/** What is wrong with the values in a redirect_uri that could protect it. */
function remarkOn(flow: Flow, values: ReadonlyMap<string, number>): string[] {
  const own = valuesOf(flow);
  if (own.some((value) => Number(values.get(value)) > 1)) {
    return ['The value in the query of redirect_uri is a constant: other authorizations have it too.'];
  }
  return own.length === 0
    ? []
    : [`The value in the query of redirect_uri has fewer than ${leastStateCharacters} characters.`];
}

/** MailUp's endpoint of 2013 answers the client directly, without a redirect. */
const isDirect = ({ request }: Flow): boolean =>
  request.policy.passwordAtAuthorize && request.parameter('username') !== undefined;

/** Parameters that protect against CSRF. */
const protections = new Set(['state', 'code_challenge']);

function isBare(flow: Flow, values: ReadonlyMap<string, number>): boolean {
  if (flow.state !== undefined || flow.hasPkce || isDirect(flow) || hasOwnParameter(flow, values)) return false;
  // a parameter after &amp; was sent, but not read: html-escaped-parameters says so
  return !escapedNames(flow.request).some((name) => protections.has(name));
}

/**
 * If the provider returns no state, a client can use a parameter in its redirect_uri instead. A constant protects
 * nothing: the value must be as long as a state, and be sent in one authorization only.
 */
function hasOwnParameter(flow: Flow, values: ReadonlyMap<string, number>): boolean {
  return (
    !flow.request.policy.echoState &&
    valuesOf(flow).some((value) => value.length >= leastStateCharacters && values.get(value) === 1)
  );
}

/** The values in the query of a redirect_uri, without those of the client's registered URIs. */
function valuesOf({ request }: Flow): string[] {
  const client = request.realm.clients.get(String(request.clientId));
  const constants = new Set(client?.redirectUris.flatMap(queryValues));
  return queryValues(request.parameter('redirect_uri') ?? '').filter((value) => !constants.has(value));
}

const queryValues = (uri: string): string[] => [...new Set(new URLSearchParams(splitOnce(uri, '?')[1]).values())];

/** In how many authorizations each value occurs. A URL that a browser loads again counts once. */
function countValues(flows: readonly Flow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of distinct(flows).flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function severityOf({ request, challenge }: Flow): Severity {
  if (!request.policy.echoState && request.policy.pkce === 'ignored') return 'note';
  return challenge === undefined ? 'error' : 'warning';
}
