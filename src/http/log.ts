import { Redaction } from '../world/journal/redaction.js';
import { pathOf } from './addressing.js';
import type { FastifyInstance } from 'fastify';
import type { SecretsPolicy } from '../world/journal/redaction.js';
import type { World } from '../world/world.js';

const requestLevels = ['info', 'debug', 'trace'];

/** Whether a log level includes a line for each request. */
export const logsRequests = (level: string): boolean => requestLevels.includes(level);

/**
 * Logs one line for each request, at the levels that include them. The query is left out: providers put secrets
 * there. Secrets in the path are shown as fingerprints, even in a world whose journal shows secrets in plain text.
 */
export function logHook(app: FastifyInstance): void {
  if (!logsRequests(app.log.level)) return;
  app.addHook('onResponse', ({ entry, world, log }, _reply, done) => {
    const { provider, endpoint, method, url, status, reason, durationMs = 0 } = entry;
    const redaction = new Redaction(hiding(world));
    log.info(
      {
        world: world.id,
        provider,
        endpoint,
        method,
        path: redaction.everywhere(redaction.path(pathOf(url))),
        status,
        reason,
        ms: Math.round(durationMs),
      },
      'answered',
    );
    done();
  });
}

/** How a world's secrets are shown outside its journal: as fingerprints, also if the journal shows plain text. */
export const hiding = (world: World): SecretsPolicy => ({
  secrets: 'fingerprint',
  fingerprintKey: world.fingerprintKey,
  isIssued: (value) => world.isIssued(value),
  registeredSecrets: () => world.registeredSecrets(),
});
