import type { RedirectUriMatching } from './model.js';

/** A URI in its parts as they were written: URL parsers make `/x/../callback` and `127.1` what nobody registered. */
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

/** Takes a well-formed URI apart: RFC 3986, appendix B. */
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

/** RFC 8252 §7.3 speaks of the loopback IP literals; the name `localhost` is left out on purpose (§8.3). */
const isLoopbackLiteral = ({ host }: Parts): boolean => host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

const matchers: Record<RedirectUriMatching, Matcher> = {
  // RFC 9700 §2.1: exact string matching
  exact: (_a, _b, raw) => raw.registered === raw.received,

  // scheme, host, port and path exact; what was registered in the query must be there, more may come
  'ignore-query': (registered, received) =>
    sameBut('nothing', registered, received) &&
    [...registered.query].every(([name, value]) => received.query.getAll(name).includes(value)),

  // the order of the query is free, and so is the port of a loopback literal
  'loopback-any-port': (registered, received) =>
    sameBut(isLoopbackLiteral(registered) ? 'port' : 'nothing', registered, received) &&
    sortedQuery(registered) === sortedQuery(received),
};

const scriptSchemes = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']);

/**
 * Says what is wrong with a redirect URI as such, or undefined: it must be absolute and without a fragment
 * (RFC 6749 §3.1.2), printable ASCII so that it can stand in a Location header, and no scheme that runs as a script.
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

/** Tells whether a received URI stands for a registered one under the given policy. Both must be well-formed. */
export function matches(matching: RedirectUriMatching, registered: string, received: string): boolean {
  return matchers[matching](split(registered), split(received), { registered, received });
}

/** The registered URI that shares the longest beginning with the received one. */
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
  // show both from the last slash before they part, so that the eye finds the place
  const start = Math.max(expected.lastIndexOf('/', at - 1), 0);
  const quoteFrom = (uri: string): string => JSON.stringify(uri.slice(start));
  return `differs at character ${at + 1}: ${quoteFrom(expected)} ${whatExpectedWas}, ${quoteFrom(received)} was sent`;
}

function firstDifference(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) if (a[i] !== b[i]) return i;
  return shorter;
}
