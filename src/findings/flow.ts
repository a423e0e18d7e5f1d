import { kindNamed } from '../faults/kinds/index.js';
import type { ObservedRequest } from './observed-request.js';

/** A redirect back to the client, with the parameters of its query. */
export interface RedirectBack {
  readonly seen: ObservedRequest;
  readonly parameters: URLSearchParams;
}

/** One authorization: the request, the redirects back, and the exchanges of the code. */
export interface Flow {
  /** The authorization request. The client makes it, and the browser sends it. */
  readonly request: ObservedRequest;
  readonly state: string | undefined;
  readonly challenge: string | undefined;
  /** Whether a code challenge was sent to a provider that supports PKCE. */
  readonly hasPkce: boolean;
  /** Answers that redirected the browser to the client. There are several if the browser loads a page again. */
  readonly backs: RedirectBack[];
  /** Token requests with the code of this flow. */
  readonly exchanges: ObservedRequest[];
}

/**
 * Collects the flows: pages are assigned by the id in their URLs, or by the authorization request in them where the
 * login comes before the check and there is no id yet; exchanges by the code.
 */
export function readFlows(all: readonly ObservedRequest[], exchanges: readonly ObservedRequest[]): readonly Flow[] {
  const flows = new Map<ObservedRequest, Flow>(all.filter(isAuthorization).map((request) => [request, open(request)]));
  const byPage = new Map<string, Flow>();
  for (const seen of all) {
    const flow = flows.get(seen) ?? byPage.get(pageKey(seen.entry.url) ?? '');
    if (flow === undefined) continue;
    const nextPage = pageKey(seen.answerHeader('location') ?? '');
    if (nextPage !== undefined) byPage.set(nextPage, flow);
    if (seen.redirectBack !== undefined) flow.backs.push({ seen, parameters: seen.redirectBack });
  }
  addExchanges([...flows.values()], exchanges);
  return [...flows.values()];
}

/**
 * A key for the flow of a login or consent page, from its URL: the id, or else the request. Undefined for other URLs.
 */
function pageKey(url: string): string | undefined {
  const [, id, request] = ownPage.exec(url) ?? [];
  if (id === undefined) return undefined;
  return id === '' ? `request ${String(request)}` : `id ${id}`;
}

function isAuthorization({ entry, query, form }: ObservedRequest): boolean {
  if (entry.endpoint !== 'authorize' || (entry.method !== 'GET' && entry.method !== 'POST')) return false;
  return (
    (form.get('response_type') ?? query.get('response_type')) === 'code' &&
    (entry.reason === undefined || entry.reason === 'authorize.denied')
  );
}

function open(request: ObservedRequest): Flow {
  const challenge = request.parameter('code_challenge');
  return {
    request,
    state: request.parameter('state'),
    challenge,
    hasPkce: challenge !== undefined && request.policy.pkce !== 'ignored',
    backs: [],
    exchanges: [],
  };
}

/** The login or consent page, with the id of the pending authorization, empty if there is none, and the request. */
const ownPage = /^\/[^?]*\?authorization=([^&]*)&?(.*)/s;

/** The codes in the redirects of a flow, oldest first. */
const codesOf = ({ backs }: Flow): string[] => backs.flatMap(({ parameters }) => parameters.getAll('code'));

/** The first code in the redirects of a flow. */
export const codeOf = (flow: Flow): string | undefined => codesOf(flow)[0];

function addExchanges(flows: readonly Flow[], exchanges: readonly ObservedRequest[]): void {
  // a flow has several codes if the user pressed Back and allowed again
  const byCode = new Map(flows.flatMap((flow) => codesOf(flow).map((code) => [code, flow])));
  for (const exchange of exchanges) byCode.get(String(exchange.parameter('code')))?.exchanges.push(exchange);
}

/** Whether a token request was answered with tokens that the client could read and had to accept. */
export function wasGranted(seen: ObservedRequest): boolean {
  return seen.received?.status === 200 && seen.receivedText('access_token') !== undefined && !isOfStrangeType(seen);
}

/**
 * RFC 6749 §7.1: a client must not use a token of an unknown type. Only answers invented by a fault are checked,
 * because some providers omit token_type.
 */
function isOfStrangeType(seen: ObservedRequest): boolean {
  return (
    kindNamed(String(seen.entry.fault?.kind))?.inventsContent === true &&
    seen.receivedText('token_type')?.toLowerCase() !== 'bearer'
  );
}
