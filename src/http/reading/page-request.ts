import { isPathOf } from '../path-variables.js';
import { splitOnce } from '../../world/journal/url-text.js';
import type { FastifyRequest } from 'fastify';

/** Parameters of a page's URL that are its own. All others are those of the authorization request. */
const ownParameters = new Set(['authorization', 'at', 'switch']);

/**
 * Maximum length of the query of an authorization request in the URL of a page, in characters. Node accepts 16 KB of
 * headers.
 */
const maxQuery = 6000;

/** Parameters of a posted request that must not get into the URL of a page. */
const secretParameters = new Set(['client_secret', 'password']);

/**
 * The path and query of an authorization request, relative to the provider. A form that was posted counts as a query.
 *
 * @param path the path of the authorization endpoint
 */
export function requestText(request: FastifyRequest, path: string): string {
  const posted = Object.entries((request.method === 'POST' ? request.body : undefined) ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && !secretParameters.has(pair[0]),
  );
  const query = [rawQuery(request.url), new URLSearchParams(posted).toString()].filter((text) => text !== '').join('&');
  return query === '' ? path : `${path}?${query}`;
}

/**
 * The query of a page's URL: the id of the pending authorization, empty if there is none, and the authorization request
 * itself. With the latter a browser can begin again after the id became unknown.
 */
export function pageQuery(id: string | undefined, requested: string, firstPath: string): string {
  const [path, query = ''] = splitOnce(requested, '?');
  const rest = query.length > maxQuery ? '' : withoutOwn(query);
  return [
    `authorization=${id ?? ''}`,
    ...(path === firstPath ? [] : [`at=${encodeURIComponent(path)}`]),
    ...(rest === '' ? [] : [rest]),
  ].join('&');
}

/**
 * The authorization request in the URL of a page. Undefined if the URL has none. `paths` are those at which it may
 * have begun: the browser is sent to no other.
 */
export function requestInPage({ url, query }: FastifyRequest, paths: readonly string[]): string | undefined {
  const { at } = query as { at?: unknown };
  const named = typeof at === 'string' ? at : '';
  const rest = withoutOwn(rawQuery(url));
  const isKnown = at === undefined || paths.some((each) => isPathOf(each, named));
  const path = at === undefined ? paths[0] : named;
  // the authorization endpoint needs parameters; a page that the URL names does not
  if (!isKnown || path === undefined || (rest === '' && at === undefined)) return undefined;
  return rest === '' ? path : `${path}?${rest}`;
}

function withoutOwn(query: string): string {
  return query
    .split('&')
    .filter((piece) => piece !== '' && !ownParameters.has(piece.split('=', 1)[0] as string))
    .join('&');
}

const rawQuery = (url: string): string => splitOnce(url, '?')[1] ?? '';
