import { pathOf } from './addressing.js';
import type { FastifyInstance } from 'fastify';

const talkative = ['info', 'debug', 'trace'];

/** One line a request, for whoever asked for them; the path alone, since providers put secrets into the query. */
export function logHook(app: FastifyInstance): void {
  if (!talkative.includes(app.log.level)) return;
  app.addHook('onResponse', ({ entry, world, log }, reply, done) => {
    const { provider, endpoint, method, url, reason } = entry;
    log.info({ world: world.id, provider, endpoint, method, path: pathOf(url), status: reply.statusCode, reason, ms: Math.round(reply.elapsedTime) }, 'answered');
    done();
  });
}
