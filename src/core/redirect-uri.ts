import type { RedirectUriMatching } from './model.js';

/** The parts of a URI as they were written. A URL parser would change `/x/../callback` and `127.1`. */
interface Parts {
  readonly scheme: string;
  readonly userinfo: string | undefined;
  readonly host: string;
  readonly port: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
}

type Matcher = (registered: Parts, received: Parts, raw: { registered: string; received: string }) => boolean;

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** Splits a well-formed URI into its parts (RFC 3986, appendix B). */
function split(uri: string): Parts {
  const [, scheme, authority = '', path, query] = /^([^:/?#]+):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(
    uri,
  ) as unknown as [string, string, string | undefined, string, string | undefined];
  const [, userinfo, host, port] = /^(?:(.*)@)?(.*?)(?::(\d+)?)?$/.exec(authority) as unknown as [
    string,
    string | undefined,
    string,
    string | undefined,
  ];
  const lower = scheme.toLowerCase();
  return {
    scheme: lower,
    userinfo,
    host: host.toLowerCase(),
    port: port ?? defaultPorts[lower],
    path,
    query: new URLSearchParams(query),
  };
}

const sameBut = (free: 'port' | 'nothing', a: Parts, b: Parts): boolean =>
  a.scheme === b.scheme &&
  a.userinfo === b.userinfo &&
  a.host === b.host &&
  (free === 'port' || a.port === b.port) &&
  a.path === b.path;

const sortedQuery = ({ query }: Parts): string =>
  [...query]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');

/** Loopback IP literals (RFC 8252 §7.3). The name `localhost` is not one of them (§8.3). */
const isLoopbackLiteral = ({ host }: Parts): boolean => host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

const matchers: Record<RedirectUriMatching, Matcher> = {
  // RFC 9700 §2.1: exact string matching.
  exact: (_a, _b, raw) => raw.registered === raw.received,

  // Scheme, host, port and path are compared exactly. The query must contain the registered parameters and may
  // contain more.
  'ignore-query': (registered, received) =>
    sameBut('nothing', registered, received) &&
    [...registered.query].every(([name, value]) => received.query.getAll(name).includes(value)),

  // The order of query parameters and the port of a loopback IP literal may differ.
  'loopback-any-port': (registered, received) =>
    sameBut(isLoopbackLiteral(registered) ? 'port' : 'nothing', registered, received) &&
    sortedQuery(registered) === sortedQuery(received),
};

const scriptSchemes = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']);

/**
 * Why a text is not a valid redirect URI, or undefined if it is one. A redirect URI is absolute, has no fragment (RFC
 * 6749 §3.1.2), is printable ASCII because it is sent in a Location header, and has no scheme that browsers run as a
 * script.
 */
export function malformation(uri: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(uri)) return 'has characters that must be percent-encoded';
  if (!URL.canParse(uri)) return 'is not an absolute URI';
  if (scriptSchemes.has(new URL(uri).protocol)) {
    return `has the scheme ${new URL(uri).protocol}, which a browser would run or refuse`;
  }
  if (uri.includes('#')) return 'has a fragment, which RFC 6749 §3.1.2 forbids';
  return undefined;
}

/** Whether a received URI matches a registered one under this policy. Both must be well-formed. */
export function matches(matching: RedirectUriMatching, registered: string, received: string): boolean {
  return matchers[matching](split(registered), split(received), { registered, received });
}

/** The registered URI that shares the longest prefix with the received one. */
export function nearest(registered: readonly string[], received: string): string | undefined {
  let best: string | undefined;
  let longest = -1;
  for (const uri of registered) {
    const at = firstDifference(uri, received);
    if (at > longest) [best, longest] = [uri, at];
  }
  return best;
}

/** `differs at character 31: "/callback/" was registered, "/callback" was sent`; characters count from 1. */
export function differenceBetween(expected: string, received: string, whatExpectedWas: string): string {
  const at = firstDifference(expected, received);
  // Show both URIs from the last slash before the first difference.
  const start = Math.max(expected.lastIndexOf('/', at - 1), 0);
  const quoteFrom = (uri: string): string => JSON.stringify(uri.slice(start));
  return `differs at character ${at + 1}: ${quoteFrom(expected)} ${whatExpectedWas}, ${quoteFrom(received)} was sent`;
}

function firstDifference(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) if (a[i] !== b[i]) return i;
  return shorter;
}
