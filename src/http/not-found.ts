import { receivedPath } from './addressing.js';
import { admitRequest } from './connection/connection.js';
import { refuseHostLines } from './host-lines.js';
import { sendProblem } from './problem.js';
import { unknownWorld } from './request-world.js';
import { howToServe } from '../shelf.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServedWorlds } from './request-world.js';

/** Answers 404 outside every provider, with the list of the providers' paths. */
export function notFoundHandler({
  worlds,
  listed,
}: ServedWorlds): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return (request, reply) => {
    if (!admitRequest(request, reply) || refuseHostLines(request, reply)) return reply;
    const path = receivedPath(request.raw, request.originalUrl);
    const [, prefix = '', id = 'default'] = /^(\/w\/([^/]*))/.exec(path) ?? [];
    const world = worlds.use(id);
    if (world === undefined) return sendProblem(reply, unknownWorld(id, listed ? worlds : undefined));
    const [, name = ''] = path.slice(prefix.length).split('/', 2);
    // what reaches this place is served by no provider
    const onShelf = howToServe(name);
    const known = world.providers.map(({ name }) => `${prefix}/${name}`);
    return sendProblem(reply, {
      title: 'Nothing here',
      status: 404,
      detail:
        `Nothing is served at ${JSON.stringify(path)}. ` +
        (onShelf === ''
          ? "Each provider's own paths are served below its name."
          : `The provider ${JSON.stringify(name)} is not served; ${onShelf}.`),
      known,
    });
  };
}
