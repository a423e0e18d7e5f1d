import { kindNamed } from '../faults/kinds/index.js';
import type { Seen } from './observed-request.js';

/** A redirect back to the client. */
export interface Back {
  readonly seen: Seen;
  readonly parameters: URLSearchParams;
}

/** One authorization: the client's request, the redirects back, and what the client did with the code. */
export interface Flow {
  /** The request to the authorization endpoint: the browser brings it, and the client made it. */
  readonly request: Seen;
  readonly state: string | undefined;
  readonly challenge: string | undefined;
  /** The challenge was sent to a provider that looks at it. */
  readonly hasPkce: boolean;
  /** The answers that sent the browser back to the client. A page that is loaded again sends it back again. */
  readonly backs: Back[];
  /** Token requests with the code that came back. */
  readonly exchanges: Seen[];
}

/** Puts every authorization together: its pages by the id that their URLs carry, its exchanges by the code. */
export function readFlows(all: readonly Seen[], exchanges: readonly Seen[]): readonly Flow[] {
  const flows = new Map<Seen, Flow>(all.filter(isAuthorization).map((request) => [request, open(request)]));
  const byPage = new Map<string, Flow>();
  for (const [request, flow] of flows) {
    const [, page] = ownPage.exec(request.answered('location') ?? '') ?? [];
    if (page !== undefined) byPage.set(page, flow);
  }
  for (const seen of all) {
    const flow = flows.get(seen) ?? byPage.get(seen.query.get('authorization') ?? '');
    if (flow !== undefined && seen.back !== undefined) flow.backs.push({ seen, parameters: seen.back });
  }
  addExchanges([...flows.values()], exchanges);
  return [...flows.values()];
}

function isAuthorization({ entry, query, form }: Seen): boolean {
  if (entry.endpoint !== 'authorize' || (entry.method !== 'GET' && entry.method !== 'POST')) return false;
  return (
    (form.get('response_type') ?? query.get('response_type')) === 'code' &&
    (entry.reason === undefined || entry.reason === 'authorize.denied')
  );
}

function open(request: Seen): Flow {
  const challenge = request.get('code_challenge');
  return {
    request,
    state: request.get('state'),
    challenge,
    hasPkce: challenge !== undefined && request.policy.pkce !== 'ignored',
    backs: [],
    exchanges: [],
  };
}

/** A redirect to a page of the provider's own, with the id of the authorization that waits there. */
const ownPage = /^\/[^?]*\?authorization=([^&]+)/;

/** The code that a flow's redirects brought back. */
export function codeOf({ backs }: Flow): string | undefined {
  return backs.flatMap(({ parameters }) => parameters.getAll('code'))[0];
}

function addExchanges(flows: readonly Flow[], exchanges: readonly Seen[]): void {
  const byCode = new Map(flows.map((flow) => [codeOf(flow), flow]));
  for (const exchange of exchanges) byCode.get(exchange.get('code'))?.exchanges.push(exchange);
}

/** Whether a token request was answered with tokens that the client can have read, and had no reason to disbelieve. */
export function wasGranted(seen: Seen): boolean {
  return seen.told?.status === 200 && seen.said('access_token') !== undefined && !isOfStrangeType(seen);
}

/** RFC 6749 §7.1: a client must not use a token of a type that it does not know. What the provider itself writes is another matter. */
function isOfStrangeType(seen: Seen): boolean {
  return (
    kindNamed(String(seen.entry.fault?.kind))?.inventsContent === true &&
    seen.said('token_type')?.toLowerCase() !== 'bearer'
  );
}
