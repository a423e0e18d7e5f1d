import { arrivalOf } from './connection/arrival.js';
import { ignoreForwarded } from './forwarded.js';
import { markLanding } from './landing.js';
import { filledPath } from './path-variables.js';
import { isUnusual, respelled, withSingleSlashes } from './path-spelling.js';
import { tablesOf } from './provider-tables.js';
import type { IncomingMessage } from 'node:http';
import type { Policy } from '../core/policy.js';
import type { Worlds } from '../world/worlds.js';
import type { ReadForwarded } from './forwarded.js';
import type { Addressed, ProviderTables } from './provider-tables.js';

const worldIds = new WeakMap<IncomingMessage, string>();
/** Number of characters of the base path that were removed from the URL of a request. */
const removedLengths = new WeakMap<IncomingMessage, number>();

/** Requests at a host of a provider, whose paths have no prefix. */
const namedByHost = new WeakSet<IncomingMessage>();

/** Paths of the metadata of a provider, for requests that named them as RFC 8414 §3.1 does. */
const metadataPaths = new WeakMap<IncomingMessage, string>();
/** Where the metadata of an issuer with a path are: before that path. */
const wellKnown = '/.well-known/oauth-authorization-server';

/** The path of the base URL without a slash at its end: empty, or `/mock` for `http://proxy.test/mock/`. */
export const basePathOf = (baseUrl: string | undefined): string =>
  baseUrl === undefined ? '' : new URL(baseUrl).pathname.replace(/\/+$/, '');

/** Whether the URL of a request began with the path of the base URL. */
export const hadBasePath = (request: IncomingMessage): boolean => removedLengths.has(request);

/** Whether the host of a request named the provider: its path did not, even if it begins with the same word. */
export const isNamedByHost = (request: IncomingMessage): boolean => namedByHost.has(request);

/** The id of the world in a request's URL. Undefined if the URL has no `/w/` prefix. */
export function namedWorld(request: IncomingMessage): string | undefined {
  return worldIds.get(request);
}

type ProvidersInWorlds = Pick<Worlds, 'providersIn' | 'use'>;

/**
 * Makes the function that turns a received URL into the URL that is routed (Fastify's `rewriteUrl`):
 * - for a request that came by the forward proxy, adds the prefix of the provider whose host was asked for, and
 *   remembers the world of its credentials. The steps that follow are for all other requests, up to the spelling;
 * - gives the URL of the metadata of an issuer with a path (RFC 8414 §3.1) the path of the provider's metadata;
 * - removes the path of the base URL, which a proxy before this server may have left in the URL;
 * - replaces a URL that names only a world, a provider or the admin API, see landing.ts;
 * - removes the prefix of a world and remembers its id, see `namedWorld`;
 * - adds the prefix of a provider that the Host names, and remembers that, see `isNamedByHost`;
 * - gives a path the spelling of the routes, as far as the policy accepts the one that was sent;
 * - gives a path the canonical letter case, where the provider ignores case;
 * - escapes the percent signs of a path that cannot be decoded: the provider then refuses it in its own format.
 */
export function urlRewriter(
  worlds: ProvidersInWorlds,
  basePath = '',
  forwarded: ReadForwarded = ignoreForwarded,
): (request: IncomingMessage) => string {
  const tablesIn = (world: string): ProviderTables => tablesOf(worlds.providersIn(world));
  const isPart = (name: string, world = 'default'): boolean =>
    name === '__admin' || tablesIn(world).named(name) !== undefined;
  const isPrefix = (segment: string): boolean => segment === 'w' || isPart(segment);
  const baseSegment = firstSegment(basePath);

  const routed = (url: string, world: string): string => {
    const [path, query] = splitQuery(url);
    const routable = isDecodable(path) ? path : path.replaceAll('%', '%25');
    const end = routable.indexOf('/', 1);
    const named = end < 0 ? undefined : tablesIn(world).named(routable.slice(1, end));
    if (named === undefined) return routable + query;
    const realm = isUnusual(routable) ? worlds.use(world)?.realm(named.provider) : undefined;
    // usually the URL is in the spelling of the routes, and is not taken apart and put together again
    if (realm === undefined && named.canonicalPaths === undefined && routable === path) return url;
    const sent = routable.slice(end);
    const spelled = realm === undefined ? sent : respelledFor(named, sent, realm.policy);
    return routable.slice(0, end) + withCanonicalCase(spelled, named.canonicalPaths) + query;
  };

  /** The path of the provider's metadata below the issuer that a well-known URL names. Undefined: it names none. */
  const metadataUrl = (request: IncomingMessage, url: string): string | undefined => {
    if (!url.startsWith(`${wellKnown}/`)) return undefined;
    const [path, query] = splitQuery(url);
    const issuer = path.slice(wellKnown.length);
    const [, world = 'default', name = ''] = issuerPath.exec(withoutBasePath(issuer, basePath)) ?? [];
    const { endpoints, variables = {} } = tablesIn(world).named(name)?.provider ?? {};
    const metadata = endpoints?.metadata[0];
    if (metadata === undefined) return undefined;
    const served = issuer + filledPath(metadata, variables);
    metadataPaths.set(request, served);
    return served + query;
  };

  return (request) => {
    const { url: received, host = forwarded(request).host ?? request.headers.host } = target(request);
    const arrival = arrivalOf(request);
    if (arrival !== undefined) {
      // at the host of a provider there is nothing but the provider
      worldIds.set(request, arrival.worldId);
      namedByHost.add(request);
      const tables = tablesIn(arrival.worldId);
      // none: it was removed while the connection was open. No provider has a name with a dot in it
      const name = (tables.atHeader(host) ?? tables.at(arrival.host))?.name ?? `removed.${arrival.host}`;
      return routed(`/${name}${received}`, arrival.worldId);
    }
    const ofHost = tablesIn('default').atHeader(host);
    const asked = (ofHost === undefined ? metadataUrl(request, received) : undefined) ?? received;
    const shortened = withoutBasePath(asked, basePath);
    // a base path such as /mailup is a prefix of this server too: it is removed only if another prefix follows
    const isAmbiguous = shortened !== asked && isPrefix(baseSegment);
    const url = isAmbiguous && !isPrefix(firstSegment(shortened)) ? asked : shortened;
    if (url !== asked) removedLengths.set(request, basePath.length);
    // not at the host of a provider, and not for a client that takes this server for its proxy
    if (ofHost === undefined && request.url?.startsWith('/') === true) {
      const landing = markLanding(request, received === basePath ? '/' : url, isPart);
      if (landing?.world !== undefined) worldIds.set(request, landing.world);
      if (landing !== undefined) return landing.part === '__admin' ? '/__admin' : '/';
    }
    const [, world, inWorld] = url.startsWith('/w/') ? (inNamedWorld.exec(url) ?? []) : [];
    if (world !== undefined) worldIds.set(request, world);
    // the Host is ignored in the URL of a world and of the admin API
    const provider = world === undefined && !url.startsWith('/__admin') ? ofHost : undefined;
    if (provider !== undefined) namedByHost.add(request);
    return routed(provider === undefined ? (inWorld ?? url) : `/${provider.name}${url}`, world ?? 'default');
  };
}

/**
 * Gives a path the spelling of the routes, where the policy of the realm accepts the one that was sent. A path of the
 * API keeps its end: a stub may be at that very path, see endpoints/api-path.ts.
 */
function respelledFor({ protocolPaths }: Addressed, sent: string, { pathSpelling }: Policy): string {
  const routed = respelled(sent, pathSpelling);
  return protocolPaths.has(routed.toLowerCase()) ? routed : withSingleSlashes(sent, pathSpelling);
}

/** The first segment of the path of a URL that begins with its path. */
export function firstSegment(url: string): string {
  const end = url.indexOf('/', 1);
  const segment = end < 0 ? url.slice(1) : url.slice(1, end);
  const query = segment.indexOf('?');
  return query < 0 ? segment : segment.slice(0, query);
}

/** The first segment as the router reads it: it may be percent-encoded. */
export function decodedSegment(url: string): string {
  const segment = firstSegment(url);
  return segment.includes('%') ? decodeURIComponent(segment) : segment;
}

/** Whether a URL is one of the admin API. Most URLs are told apart by one character. */
export const isAdminUrl = (url: string): boolean =>
  (url[1] === '_' || url[1] === '%') && decodedSegment(url) === '__admin';

/** A URL without the path of the base URL. */
function withoutBasePath(url: string, basePath: string): string {
  return basePath !== '' && url.startsWith(`${basePath}/`) ? url.slice(basePath.length) : url;
}

const issuerPath = /^(?:\/w\/([^/]+))?\/([^/]+)$/;
const inNamedWorld = /^\/w\/([^/?]*)(\/.*)$/;
const absolute = /^https?:\/\/([^/?#]*)/i;

/**
 * Path with query, and the host of an absolute URL. A client with a proxy sends absolute URLs; their host replaces the
 * Host header (RFC 9112 §3.2.2).
 */
function target(request: IncomingMessage): { url: string; host?: string | undefined } {
  const url = request.url as string;
  if (url.startsWith('/')) return { url };
  const [origin, host] = absolute.exec(url) ?? [''];
  const rest = url.slice(origin.length);
  return { url: rest.startsWith('/') ? rest : `/${rest}`, host };
}

/** The host that a request is routed by, with userinfo and port: that of an absolute URL, or else the header. */
export function routedHost(originalUrl: string, inHeader: string | undefined): string | undefined {
  return originalUrl.startsWith('/') ? inHeader : absolute.exec(originalUrl)?.[1];
}

/** A URL as it was received, without scheme and host. */
export const withoutOrigin = (url: string): string => (url.startsWith('/') ? url : url.replace(absolute, ''));

/** The path of a received URL: without the query, and without scheme and host of an absolute URL. */
export function pathOf(url: string): string {
  return splitQuery(withoutOrigin(url))[0];
}

/**
 * The path of a request as it was received, without the path of the base URL; for metadata that were asked for as in
 * RFC 8414 §3.1, their path at the provider.
 */
export const receivedPath = (request: IncomingMessage, originalUrl: string): string =>
  (metadataPaths.get(request) ?? pathOf(originalUrl)).slice(removedLengths.get(request) ?? 0);

/** Whether a path is valid percent-encoding of UTF-8 (RFC 3986 §2.1). */
export function isDecodable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function splitQuery(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
}

function withCanonicalCase(path: string, canonical: Addressed['canonicalPaths']): string {
  if (canonical === undefined) return path;
  const lower = path.toLowerCase();
  const found = canonical.find(
    ([known]) => lower.startsWith(known) && (lower.length === known.length || lower[known.length] === '/'),
  );
  return found === undefined ? path : found[1] + path.slice(found[0].length);
}
