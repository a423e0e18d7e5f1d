import type { FastifyInstance } from 'fastify';

/** How often clients are looked for that are too slow to say what they want, in milliseconds. */
export const timeoutCheckMs = 1000;

/** How often a full server says so in its log, in milliseconds. */
const tellMs = 1000;

/**
 * Bounds the work that is under way: a connection has one request at a time, and a connection beyond the limit is closed at
 * once. Requests are never refused for being many: a slow machine would then fail tests whose clients did nothing wrong.
 */
export function limitConnections(app: FastifyInstance, limit: number): void {
  const { server } = app;
  server.maxConnections = limit;
  let refused = 0;
  server.on('drop', () => {
    refused += 1;
    if (refused > 1) return;
    setTimeout(() => {
      app.log.warn(
        `connections closed at once: ${refused}; open were ${limit}, which is the limit; start with a larger --connection-limit`,
      );
      refused = 0;
    }, tellMs).unref();
  });
}
