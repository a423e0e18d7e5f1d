import { isDeepStrictEqual } from 'node:util';
import { portOf, splitUri } from './uri-parts.js';
import type { RedirectUriMatching } from './policy.js';
import type { UriParts } from './uri-parts.js';

type Matcher = (registered: UriParts, received: UriParts, raw: { registered: string; received: string }) => boolean;

const lower = (text: string | undefined): string | undefined => text?.toLowerCase();

/** Whether scheme, userinfo, host and, unless it is free, port are equal, but for letter case and a default port. */
const sameOrigin = (free: 'port' | 'nothing', a: UriParts, b: UriParts): boolean =>
  lower(a.scheme) === lower(b.scheme) &&
  a.userinfo === b.userinfo &&
  lower(a.host) === lower(b.host) &&
  (free === 'port' || portOf(a) === portOf(b));

/** The parameters of a query, decoded and in one order. JSON keeps them apart: a value can contain `&`. */
const sortedQuery = ({ query }: UriParts): string =>
  [...new URLSearchParams(query)]
    .map((pair) => JSON.stringify(pair))
    .sort()
    .join('&');

/** Loopback IP literals (RFC 8252 §7.3). The name `localhost` is not one of them (§8.3). */
const isLoopbackLiteral = ({ host = '' }: UriParts): boolean =>
  /^127(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(host) || /^\[(?:0{0,4}:)*0{0,3}1\]$/.test(host);

const freePart = (registered: UriParts): 'port' | 'nothing' => (isLoopbackLiteral(registered) ? 'port' : 'nothing');

const matchers: Record<RedirectUriMatching, Matcher> = {
  // RFC 9700 §2.1: exact string matching.
  exact: (_a, _b, raw) => raw.registered === raw.received,

  // RFC 9700 §2.1, RFC 8252 §7.3: a native app gets its port from the operating system.
  'exact-but-loopback-port'(registered, received, raw) {
    if (!isLoopbackLiteral(registered)) return raw.registered === raw.received;
    const { port: _registered, ...expected } = registered;
    const { port: _received, ...sent } = received;
    return isDeepStrictEqual(sent, expected);
  },

  // Scheme, host, port and path are compared exactly. The query must contain the registered parameters and may
  // contain more.
  'ignore-query'(registered, received) {
    const sent = new URLSearchParams(received.query);
    return (
      sameOrigin('nothing', registered, received) &&
      registered.path === received.path &&
      [...new URLSearchParams(registered.query)].every(([name, value]) => sent.has(name, value))
    );
  },

  // The order of query parameters and the port of a loopback IP literal may differ.
  'loopback-any-port': (registered, received) =>
    sameOrigin(freePart(registered), registered, received) &&
    registered.path === received.path &&
    sortedQuery(registered) === sortedQuery(received),

  // Ruby's URI#== after Doorkeeper's rules for the query and for loopback addresses.
  normalized: (registered, received) =>
    sameOrigin(freePart(registered), registered, received) &&
    (registered.path || '/') === (received.path || '/') &&
    (registered.query === undefined || samePieces(registered.query, received.query)),

  // Spring's DefaultRedirectResolver: text is compared with text. Spring also resolves dots in the path, and reads any
  // URI without a hierarchy as one with an empty path; here the path, and such a URI, must be equal.
  'as-written': (registered, received, raw) =>
    registered.path.startsWith('/') || registered.host !== undefined
      ? registered.scheme === received.scheme &&
        (registered.userinfo ?? '') === (received.userinfo ?? '') &&
        registered.host === received.host &&
        registered.port === received.port &&
        registered.path === received.path &&
        hasLists(listsOf(received.query), listsOf(registered.query))
      : raw.registered === raw.received,
};

/** Whether two queries have the same pieces between `&`, in any order. Pieces are not decoded. */
function samePieces(registered: string, received: string | undefined): boolean {
  if (registered.trim() === '' && (received ?? '').trim() === '') return true;
  return received !== undefined && sortedPieces(registered) === sortedPieces(received);
}

/** Ruby's `split` drops empty pieces at the end. A loop, because `/&+$/` takes quadratic time for a run of `&`. */
function sortedPieces(query: string): string {
  const pieces = query.split('&');
  while (pieces.at(-1) === '') pieces.pop();
  return pieces.sort().join('&');
}

/** The values of each parameter of a query, in their order and not decoded. */
function listsOf(query: string | undefined): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const piece of (query ?? '').split('&')) {
    const at = piece.indexOf('=');
    const name = at < 0 ? piece : piece.slice(0, at);
    if (name === '') continue;
    const values = lists.get(name) ?? [];
    // without a sign of equality, a value differs from an empty one
    values.push(at < 0 ? '\0' : piece.slice(at + 1));
    lists.set(name, values);
  }
  return lists;
}

function hasLists(sent: ReadonlyMap<string, string[]>, registered: ReadonlyMap<string, string[]>): boolean {
  return [...registered].every(([name, values]) => sent.get(name)?.join('\n') === values.join('\n'));
}

/** Whether a received URI matches a registered one under this policy. Both must be well-formed. */
export function matches(matching: RedirectUriMatching, registered: string, received: string): boolean {
  return matchers[matching](splitUri(registered), splitUri(received), { registered, received });
}

/**
 * The parts in which a received URI differs from a registered one, as far as this policy compares them: each of them
 * alone would be refused.
 */
export function differingParts(
  matching: RedirectUriMatching,
  registered: string,
  received: string,
): readonly (keyof UriParts)[] {
  const [expected, sent] = [splitUri(registered), splitUri(received)];
  return (Object.keys(expected) as (keyof UriParts)[]).filter(
    (part) =>
      expected[part] !== sent[part] &&
      !matchers[matching](expected, { ...expected, [part]: sent[part] }, { registered, received }),
  );
}
