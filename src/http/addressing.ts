import type { IncomingMessage } from 'node:http';
import type { Provider } from '../providers/provider.js';

const worlds = new WeakMap<IncomingMessage, string>();

/** The world that a request's URL names, undefined where it names none. */
export function namedWorld(request: IncomingMessage): string | undefined {
  return worlds.get(request);
}

/**
 * Turns a URL as it came into the one that is routed: a world's prefix is taken off and remembered, a provider's own Host gets
 * the provider's prefix, a path whose letter case is ignored gets its canonical letters, and a path that cannot be
 * percent-decoded is made routable, so that it is refused in the provider's dress and not by the router.
 */
export function urlRewriter(providers: readonly Provider[]): (request: IncomingMessage) => string {
  const byHost = new Map(providers.flatMap((provider) => provider.hosts.map((host) => [host, provider] as const)));
  const canonical = new Map(
    providers
      .filter(({ policy }) => policy.pathLetterCase === 'ignored')
      .map((provider) => [provider.name, canonicalPaths(provider)]),
  );

  return (request) => {
    const { url, host } = target(request);
    const [, world, inWorld] = url.startsWith('/w/') ? (inNamedWorld.exec(url) ?? []) : [];
    if (world !== undefined) worlds.set(request, world);
    // worlds and the admin API are never addressed by a provider's name
    const provider = world === undefined && !url.startsWith('/__admin') ? byHost.get(hostname(host)) : undefined;
    const [path, query] = splitQuery(provider === undefined ? (inWorld ?? url) : `/${provider.name}${url}`);
    const routable = isDecodable(path) ? path : path.replaceAll('%', '%25');
    return withCanonicalCase(routable, canonical) + query;
  };
}

const inNamedWorld = /^\/w\/([^/?]*)(\/.*)$/;
const absolute = /^https?:\/\/([^/?#]*)/i;

/** A client behind a proxy sends whole URLs, and then the URL's host counts (RFC 9112 §3.2.2). */
function target(request: IncomingMessage): { url: string; host: string | undefined } {
  const { headers } = request;
  const url = request.url as string;
  if (url.startsWith('/')) return { url, host: headers.host };
  const [beginning, host = headers.host] = absolute.exec(url) ?? [''];
  const rest = url.slice(beginning.length);
  return { url: rest.startsWith('/') ? rest : `/${rest}`, host };
}

/** The path of a URL as a client sent it, without the query and without a proxy's scheme and host. */
export function pathOf(url: string): string {
  return splitQuery(url.startsWith('/') ? url : url.replace(absolute, ''))[0];
}

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

function hostname(host = ''): string {
  const port = host.lastIndexOf(':');
  return (port < 0 ? host : host.slice(0, port)).toLowerCase();
}

function splitQuery(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
}

/** Lower-case beginnings of a provider's paths, each with the letters that it is routed by. */
function canonicalPaths({ endpoints }: Provider): readonly [string, string][] {
  const { authorize, token, revoke, introspect, tokenInfo, login, api } = endpoints;
  return [...authorize, ...token, ...revoke, ...introspect, ...tokenInfo, login, ...api].map((path) => [
    path.toLowerCase(),
    path,
  ]);
}

function withCanonicalCase(path: string, canonical: ReadonlyMap<string, readonly [string, string][]>): string {
  const end = path.indexOf('/', 1);
  const known = end < 0 ? undefined : canonical.get(path.slice(1, end));
  if (known === undefined) return path;
  const lower = path.slice(end).toLowerCase();
  const found = known.find(
    ([each]) => lower.startsWith(each) && (lower.length === each.length || lower[each.length] === '/'),
  );
  return found === undefined ? path : path.slice(0, end) + found[1] + path.slice(end + found[0].length);
}
