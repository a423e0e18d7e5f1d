import { guarded } from './guarded.js';
import type { Server } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';

/** Interval of Node's request-timeout check, in milliseconds. */
export const timeoutCheckMs = 1000;

/** Minimum time between two log lines about refused connections, in milliseconds. */
const logIntervalMs = 1000;

/**
 * Limits the number of open connections, and by that the requests in progress. A connection above the limit is closed
 * at once. There is no limit on the rate of requests: on a slow machine it would fail tests of correct clients.
 */
export function limitConnections(server: Server, log: FastifyBaseLogger, limit: number): void {
  server.maxConnections = limit;
  let refused = 0;
  const tell = guarded(log, () => {
    log.warn(
      `connections closed at once: ${refused}; the limit of ${limit} open connections is reached; ` +
        'start with a larger --connection-limit',
    );
    refused = 0;
  });
  server.on('drop', () => {
    refused += 1;
    if (refused === 1) setTimeout(tell, logIntervalMs).unref();
  });
}
