import { differingParts } from './redirect-matching.js';
import { portOf, splitUri } from './uri-parts.js';
import type { RedirectUriMatching } from './policy.js';
import type { UriParts } from './uri-parts.js';

/** Where the expected redirect URI is from, as a sentence says it before the expected value. */
export type ExpectedFrom = 'registered' | 'in the authorization request';

type Part = keyof UriParts;

/** How a sentence names each part of a URI. */
const names: Readonly<Record<Part, string>> = {
  scheme: 'scheme',
  userinfo: 'user information before the host',
  host: 'host',
  port: 'port',
  path: 'path',
  query: 'query',
};

/** Why two values of a part look alike. The first one that is true is told. */
type Hint = (expected: UriParts, received: UriParts) => string | undefined;

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

const letterCase =
  (part: Part): Hint =>
  (a, b) =>
    a[part] !== undefined && a[part].toLowerCase() === b[part]?.toLowerCase() ? 'letter case' : undefined;

const pieces = (query: string): string => query.split('&').sort().join('&');

const reordered: Hint = ({ query: a }, { query: b }) =>
  a !== undefined && b !== undefined && pieces(a) === pieces(b) ? 'the order of its parameters' : undefined;

const hints: Readonly<Partial<Record<Part, readonly Hint[]>>> = {
  scheme: [letterCase('scheme')],
  host: [
    letterCase('host'),
    ({ host: a = '' }, { host: b = '' }) =>
      loopbackNames.has(a) && loopbackNames.has(b) ? 'both are this machine, but names are compared' : undefined,
  ],
  port: [
    (a, b) => (portOf(a) === portOf(b) ? `the default port of ${a.scheme}, but it must be written alike` : undefined),
  ],
  path: [
    letterCase('path'),
    ({ path: a }, { path: b }) => (`${a}/` === b || a === `${b}/` ? 'a slash at the end' : undefined),
    ({ path: a }, { path: b }) => (decoded(a) === decoded(b) ? 'percent-encoding' : undefined),
  ],
  query: [letterCase('query'), reordered],
};

/** The registered URI from which the received one differs in the fewest parts; of these, the one that begins alike. */
export function nearest(
  matching: RedirectUriMatching,
  registered: readonly string[],
  received: string,
): string | undefined {
  const ranked = registered.map((uri) => ({
    uri,
    parts: differingParts(matching, uri, received).length,
    alike: commonLength(uri, received),
  }));
  return ranked.sort((a, b) => a.parts - b.parts || b.alike - a.alike)[0]?.uri;
}

/**
 * The parts in which a redirect URI differs, each with both values: `the path is "/callback/"; registered:
 * "/callback" (a slash at the end)`. Parts that this policy does not compare are not named.
 */
export function differenceBetween(
  matching: RedirectUriMatching,
  expected: string,
  received: string,
  from: ExpectedFrom,
): string {
  const [a, b] = [splitUri(expected), splitUri(received)];
  const whole = `it is ${quote(received)}; ${from}: ${quote(expected)}`;
  if (!isSplit(a) || !isSplit(b)) return lacksScheme(expected, received) ? `${whole} (the scheme is missing)` : whole;
  const parts = differingParts(matching, expected, received).map((part) => differenceIn(part, a, b, from));
  // The parts of `http://host:/` and `http://host/` are the same, and a fragment is no part.
  return parts.length > 0 ? parts.join(', and ') : whole;
}

function differenceIn(part: Part, expected: UriParts, received: UriParts, from: ExpectedFrom): string {
  const hint = (hints[part] ?? []).map((find) => find(expected, received)).find((found) => found !== undefined);
  const words = `the ${names[part]} is ${valueOf(received[part])}; ${from}: ${valueOf(expected[part])}`;
  return hint === undefined ? words : `${words} (${hint})`;
}

const quote = (text: string): string => JSON.stringify(text);

const valueOf = (value: string | undefined): string =>
  value === undefined ? 'absent' : value === '' ? 'empty' : quote(value);

/** Whether the text begins as a URI does. Otherwise its parts say nothing: `http%3A%2F%2F`, `//host/path`. */
const isSplit = ({ scheme, host, path }: UriParts): boolean =>
  /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme) && (host !== undefined || path.startsWith('/'));

/** Whether a received text is the expected URI without its scheme. */
const lacksScheme = (expected: string, received: string): boolean =>
  expected.endsWith(received) && /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/)?$/.test(expected.slice(0, -received.length));

/** A path without percent-encoding. A wrong one stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function commonLength(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) if (a[i] !== b[i]) return i;
  return shorter;
}
