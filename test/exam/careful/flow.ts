import { createHash, randomBytes } from 'node:crypto';
import type { Flawed, Settings } from './settings.js';

/** A flow that waits for its callback. */
export interface PendingFlow {
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

/** The callback is not an answer to a flow of this browser, or says that the flow failed. */
export class BadCallback extends Error {
  /** The error that the provider sent, if it sent one. */
  readonly error: string | undefined;

  constructor(message: string, error?: string) {
    super(message);
    this.error = error;
  }
}

const random = (): string => randomBytes(32).toString('base64url');

/** The flows of one browser by their states, and those of all browsers. */
export interface Flows {
  readonly own: Map<string, PendingFlow>;
  readonly all: () => readonly PendingFlow[];
  /** The codes that came already. */
  readonly spent: Set<string>;
}

/** Begins a flow. */
export function beginFlow(
  settings: Settings,
  redirectUri: string,
  { all }: Flows,
  flawed: Flawed,
): { url: URL; pending: PendingFlow } {
  const pending = newFlow(settings, redirectUri, all(), flawed);
  const url = new URL(settings.authorizeUrl);
  const { state, verifier } = pending;
  const isPlain = flawed('pkce-s256');
  const parameters = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: flawed('redirect-uri-sent') ? undefined : pending.redirectUri,
    scope: settings.scope,
    state: settings.stateIn === 'parameter' && !flawed('state-sent') ? state : undefined,
    code_challenge: isPlain ? verifier : createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: isPlain ? 'plain' : 'S256',
    client_secret: flawed('no-secret-in-authorization-url') ? settings.clientSecret : undefined,
    prompt: flawed('no-undefined-values') ? 'undefined' : undefined,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  if (flawed('parameters-once')) url.search += '&trace=1&trace=2';
  if (flawed('pkce-sent')) {
    for (const name of ['code_challenge', 'code_challenge_method']) url.searchParams.delete(name);
  }
  return { url, pending };
}

function newFlow(
  { stateIn }: Settings,
  redirectUri: string,
  others: readonly PendingFlow[],
  flawed: Flawed,
): PendingFlow {
  const isAlone = others.every((other) => other.state !== constant);
  const state = flawed('state-fresh') && isAlone ? constant : random().slice(0, flawed('state-unguessable') ? 8 : 43);
  const back = new URL(redirectUri);
  if (stateIn === 'redirect-uri' && !flawed('state-sent')) back.searchParams.set('state', state);
  if (flawed('redirect-uri-as-registered')) back.searchParams.set('from', 'connect');
  return { state, verifier: newVerifier(state, flawed), redirectUri: back.href };
}

function newVerifier(state: string, flawed: Flawed): string {
  if (flawed('pkce-fresh')) return constant;
  if (flawed('verifier-not-state')) return state;
  return random().slice(0, flawed('verifier-well-formed') ? 20 : 43);
}

/** No flaw, but a habit: a browser without a flow may bring a code too, which is exchanged with a new verifier. */
export const asksForAnyCode = 'asks-for-any-code';

/** What flaws use in place of a random value. */
const constant = 'the-same-value-for-everybody-and-for-all-time';

/**
 * Reads a callback. A state is used once, whatever comes with it.
 *
 * @throws BadCallback
 */
export function readCallback(
  query: URLSearchParams,
  flows: Flows,
  settings: Settings,
  flawed: Flawed,
): { code: string; pending: PendingFlow } {
  for (const name of ['state', 'code', 'error', 'iss']) {
    if (query.getAll(name).length > 1 && !flawed(`doubled-${name}-refused`)) {
      throw new BadCallback(`the parameter ${name} came twice`);
    }
  }
  const pending = pendingFlow(query, flows, settings, flawed);
  if (pending === undefined) {
    if (query.has('error') && flawed('foreign-error-answered')) throw new Error('an error of no flow');
    throw new BadCallback('no flow of this browser waits for this answer');
  }
  if (!flawed('callback-replayed')) flows.own.delete(pending.state);
  const issuer = query.get('iss');
  if (issuer !== null && issuer !== settings.issuer && !flawed('wrong-issuer-refused')) {
    throw new BadCallback('the answer is of another issuer');
  }
  refuseUnknown(query, flawed);
  const code = query.get('code') ?? '';
  refuseError(query, code, flawed);
  if (code === '' && !(query.has('code') && flawed('empty-code-refused'))) {
    if (!query.has('code') && flawed('neither-code-nor-error')) throw new Error('there is no code');
    throw new BadCallback('the answer has no code');
  }
  flows.spent.add(code);
  return { code: flawed('long-code-exchanged') ? code.slice(0, 512) : code, pending };
}

/** The flaw unknown-parameters-ignored. */
function refuseUnknown(query: URLSearchParams, flawed: Flawed): void {
  const known = ['state', 'code', 'scope', 'iss', 'token_type', 'error', 'error_description', 'error_uri'];
  if (!flawed('unknown-parameters-ignored') || [...query.keys()].every((name) => known.includes(name))) return;
  throw new BadCallback('the answer has an unknown parameter');
}

/** @throws BadCallback if the provider sent an error */
function refuseError(query: URLSearchParams, code: string, flawed: Flawed): void {
  const error = query.get('error');
  if (error === null || (code !== '' && flawed('code-and-error-refused'))) return;
  const breaks =
    (error === 'access_denied' && flawed('denied-page-says-so')) ||
    (error === 'temporarily_unavailable' && flawed('error-without-description')) ||
    (error === 'e_4711' && flawed('unknown-error-answered'));
  if (breaks) throw new Error('an error that was not expected');
  throw new BadCallback('the provider says that access was not given', error);
}

/** The flow that a callback belongs to. Where no state comes back, it is the last one of the browser. */
function pendingFlow(
  query: URLSearchParams,
  { own, all, spent }: Flows,
  { stateIn }: Settings,
  flawed: Flawed,
): PendingFlow | undefined {
  const state = query.get('state');
  const last = [...own.values()].at(-1);
  const [any] = flawed(asksForAnyCode) ? all() : [];
  if (any !== undefined) return last ?? { ...any, verifier: constant };
  const isForeign = state !== null && !own.has(state) && all().some((flow) => flow.state === state);
  const isUnknown = state !== null && state !== '' && !own.has(state) && !isForeign;
  if (state === null && flawed('missing-state-refused')) return last;
  if (state === '' && flawed('empty-state-refused')) return last;
  if (isUnknown && flawed('wrong-state-refused')) return last;
  if (isForeign && flawed('foreign-state-refused')) return last;
  if (isUnknown && flawed('unsolicited-callback') && last === undefined && !spent.has(String(query.get('code')))) {
    return { state, verifier: constant, redirectUri: 'http://127.0.0.1/callback' };
  }
  if (stateIn === 'nowhere' || flawed('state-sent')) return state === null ? last : undefined;
  if (flawed('state-bound-to-browser') && own.size === 0) return all().find((flow) => flow.state === state);
  return own.get(state ?? '');
}
