import { isDecodable, namedWorld, pathOf } from './addressing.js';
import { refuse } from '../core/errors.js';
import { problemText } from './problem.js';
import { worldIdPattern } from '../world/worlds.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Problem } from './problem.js';
import type { Worlds } from '../world/worlds.js';

/** Finds the world of a request, and what the provider owns in it: without them there is nothing that could answer. */
export function enterWorld(request: FastifyRequest, reply: FastifyReply, worlds: Worlds, provider: Provider): boolean {
  const id = worldId(request);
  const world = worlds.use(id);
  if (world === undefined) {
    const { type, text } = problemText(unknownWorld(id, worlds));
    reply.hijack();
    reply.raw.writeHead(404, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
    return false;
  }
  request.world = world;
  request.provider = provider;
  request.realm = world.realm(provider);
  return true;
}

/**
 * Refuses paths that the router was only given in a mended form, or that this realm's policy does not take.
 *
 * @throws request.path-malformed, request.path-unknown
 */
export function checkPath({ originalUrl, realm, provider, url }: FastifyRequest): void {
  // nothing was mended, and what stands before it is a world
  if (originalUrl.endsWith(url) && !originalUrl.includes('%')) return;
  const path = pathOf(originalUrl);
  if (!isDecodable(path)) throw refuse('request.path-malformed', { path });
  // what was routed has no world, and where the Host named the provider it has a name more than what was sent
  const routed = pathOf(url);
  if (realm.policy.pathLetterCase === 'exact' && !path.endsWith(routed) && !routed.endsWith(path)) {
    throw refuse('request.path-unknown', {
      path,
      known: [...provider.endpoints.authorize, ...provider.endpoints.token, ...provider.endpoints.api],
    });
  }
}

/** The world that a request names, `default` where it names none. */
export function worldId({ raw }: FastifyRequest): string {
  return namedWorld(raw) ?? 'default';
}

/** Understudy's own 404, with the way to make what is missing. */
export function unknownWorld(id: string, worlds: Worlds): Problem {
  return {
    title: 'Unknown world',
    status: 404,
    detail: `There is no world ${JSON.stringify(id)}${makeIt(id)}, or use the world "default", whose URLs have no /w/ prefix.`,
    known: worlds
      .list()
      .slice(-20)
      .map((world) => world.id),
  };
}

function makeIt(id: string): string {
  return new RegExp(worldIdPattern).test(id)
    ? `. Make it with PUT /__admin/worlds/${id}`
    : ', and there can be none: an id has 1 to 64 of A-Z, a-z, 0-9, _ and -. Choose another';
}

/** What stands before the provider's own path in URLs for this client. */
export function baseOf(request: FastifyRequest): string {
  const { name } = request.provider;
  const path = `${pathOf(request.originalUrl)}/`;
  const inWorld = `/w/${worldId(request)}/${name}`;
  if (path.startsWith(`${inWorld}/`)) return inWorld;
  // a provider addressed by its own Host has nothing before its paths
  return path.startsWith(`/${name}/`) ? `/${name}` : '';
}
