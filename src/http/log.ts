import { Redaction } from '../world/journal/redaction.js';
import { pathOf } from './addressing.js';
import type { FastifyInstance } from 'fastify';

const talkativeLevels = ['info', 'debug', 'trace'];

/** Whether somebody wants to read of each request. */
export const isTalkative = (level: string): boolean => talkativeLevels.includes(level);

/**
 * One line a request, for whoever asked for them; the path alone, since providers put secrets into the query. Clients put
 * them into the path, and no world's settings let the log show one.
 */
export function logHook(app: FastifyInstance): void {
  if (!isTalkative(app.log.level)) return;
  app.addHook('onResponse', ({ entry, world, log }, _reply, done) => {
    const { provider, endpoint, method, url, status, reason, durationMs = 0 } = entry;
    const { id, fingerprintKey } = world;
    const hide = new Redaction({ secrets: 'fingerprint', fingerprintKey, isSecret: (value) => world.isSecret(value) });
    log.info(
      {
        world: id,
        provider,
        endpoint,
        method,
        path: hide.path(pathOf(url)),
        status,
        reason,
        ms: Math.round(durationMs),
      },
      'answered',
    );
    done();
  });
}
