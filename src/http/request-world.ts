import { hadBasePath, isDecodable, isNamedByHost, namedWorld, pathOf, receivedPath } from './addressing.js';
import { hostname } from '../input/host-name.js';
import { arrivalOf } from './connection/arrival.js';
import { refuse } from '../core/errors.js';
import { wasEncodedHere } from './connection/raw-url.js';
import { respelled, withSingleSlashes } from './path-spelling.js';
import { writtenPath } from './path-variables.js';
import { sendProblem } from './problem.js';
import { worldIdPattern } from '../world/worlds.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Problem } from './problem.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';

/** Sets world, provider and realm of a request. Answers 404 and returns false if the world or the provider is gone. */
export function enterWorld(
  request: FastifyRequest,
  reply: FastifyReply,
  { worlds, listed }: ServedWorlds,
  provider: Provider,
): boolean {
  const id = worldId(request);
  const world = worlds.use(id);
  if (world === undefined) {
    sendProblem(reply, unknownWorld(id, listed ? worlds : undefined));
    return false;
  }
  // replaced or removed while this request was on its way to the provider's app
  if (!world.providers.includes(provider)) {
    sendProblem(reply, goneProvider(provider, world));
    return false;
  }
  request.world = world;
  request.provider = provider;
  request.realm = world.realm(provider);
  return true;
}

/** The 404 for a provider that the world no longer has, or has in another version. */
const goneProvider = ({ name }: Provider, { providers }: World): Problem => ({
  title: 'Provider changed',
  status: 404,
  detail: `The provider ${JSON.stringify(name)} was removed or replaced while this request was in progress.`,
  known: providers.map((each) => each.name),
});

/**
 * Refuses a path that is routable although this realm does not accept it: one that cannot be decoded, one with encoded
 * letters where the policy does not decode them, and one in another letter case where the policy says `exact`.
 *
 * @throws request.path-malformed, request.path-unknown
 */
export function checkPath(request: FastifyRequest): void {
  const { originalUrl, raw, realm, url } = request;
  if (wasEncodedHere(raw.socket)) checkRawBytes(request);
  // not rewritten, except for the prefix of a world
  if (originalUrl.endsWith(url) && !originalUrl.includes('%')) return;
  const path = receivedPath(raw, originalUrl);
  if (!isDecodable(path)) throw refuse('request.path-malformed', { path });
  const { pathLetterCase, pathSpelling } = realm.policy;
  const isLiteral = pathSpelling.includes('encoded-letters') || isRoutedLiterally(request);
  // the routed path has no world; if the Host names the provider, it has the provider's prefix in addition
  const routed = pathOf(url);
  // a path of the API keeps its end, see addressing.ts
  const spellings = [path, withSingleSlashes(path, pathSpelling), respelled(path, pathSpelling)];
  const isExact = spellings.some((each) => each.endsWith(routed) || routed.endsWith(each));
  if (!isLiteral || (pathLetterCase === 'exact' && !isExact)) throw unknownPath(request, path);
}

/** A URL with bytes outside ASCII, which no client may send (RFC 3986 §2.1): the servers differ. */
function checkRawBytes({ entry, originalUrl, realm }: FastifyRequest): void {
  const detail = 'the URL has bytes outside ASCII, which have to be percent-encoded (RFC 3986 §2.1)';
  if (realm.policy.rawBytesInUrl === 'refused') {
    throw refuse('request.path-malformed', { path: pathOf(originalUrl), detail });
  }
  entry.notes.push(detail);
}

/** Whether the path was routed without decoding letters of it. */
function isRoutedLiterally({ url, routeOptions }: FastifyRequest): boolean {
  const route = routeOptions.url;
  if (!url.includes('%') || route === undefined) return true;
  const segments = pathOf(url).split('/');
  const literal = route.replace(/\/?\*$/, '').split('/');
  return literal.every((each, i) => each.startsWith(':') || each === segments[i]);
}

function unknownPath(request: FastifyRequest, path: string): Error {
  const { authorize, token, api } = request.provider.endpoints;
  // the path has no route, so the entry has no endpoint of the provider
  request.entry.endpoint = 'other';
  return refuse('request.path-unknown', { path, known: [...authorize, ...token, ...api].map(writtenPath) });
}

/** The id of a request's world: the one in the URL, or `default`. */
export function worldId({ raw }: FastifyRequest): string {
  return namedWorld(raw) ?? 'default';
}

/** The worlds as a stranger may see them. */
export interface ServedWorlds {
  readonly worlds: Worlds;
  /** Whether an answer may list their ids: without the admin token, only where the admin API is open. */
  readonly listed: boolean;
}

/**
 * The 404 for a world that does not exist. It says how to create it, and lists the latest 20 worlds, unless the caller
 * may not know them.
 */
export function unknownWorld(id: string, worlds: Worlds | undefined): Problem {
  return {
    title: 'Unknown world',
    status: 404,
    detail:
      `There is no world ${JSON.stringify(id)}${howToCreate(id)}, ` +
      'or use the world "default", whose URLs have no /w/ prefix.',
    ...(worlds === undefined ? {} : { known: latest(worlds) }),
  };
}

const latest = (worlds: Worlds): string[] =>
  worlds
    .list()
    .slice(-20)
    .map(({ id }) => id);

function howToCreate(id: string): string {
  return new RegExp(worldIdPattern).test(id)
    ? `. Create it with PUT /__admin/worlds/${id}`
    : ', and the id is not valid: an id has 1 to 64 characters of A-Z, a-z, 0-9, _ and -. Choose another id';
}

/**
 * Prefix of the provider's paths in URLs for this client: the path of the base URL, then the world and the provider.
 * Without both if the Host is the provider's own, and the client did not come by way of the base URL.
 */
export function baseOf(request: FastifyRequest, { host, basePath }: PublicUrl): string {
  if (arrivalOf(request.raw) !== undefined) return '';
  const { name } = request.provider;
  const path = `${receivedPath(request.raw, request.originalUrl)}/`;
  const inWorld = `/w/${worldId(request)}/${name}`;
  if (path.startsWith(`${inWorld}/`)) return basePath + inWorld;
  if (!isNamedByHost(request.raw) && path.startsWith(`/${name}/`)) return `${basePath}/${name}`;
  const byBaseUrl = hadBasePath(request.raw) || (host !== undefined && hostname(request.publicHost) === host);
  return byBaseUrl ? basePath : '';
}

/** Where clients reach this server. */
export interface PublicUrl {
  /** The name of its host. */
  readonly host: string | undefined;
  readonly basePath: string;
}
