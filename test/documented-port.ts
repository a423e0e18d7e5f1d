import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Test } from 'tap';

/** Port of the URLs in the documentation, and the default of `understudy serve`. */
export const documentedPort = 8080;

/**
 * Occupies the documented port during a test, as `npm start` in another terminal does. An example that is not sent to
 * the server of the test then reaches a server that refuses everything. Does nothing if the port is in use.
 */
export async function occupyDocumentedPort(t: Test): Promise<void> {
  const server = createServer((_request, response) => {
    response.writeHead(418).end('This is not the server of the test.');
  });
  t.teardown(() => server.close());
  server.listen(documentedPort, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  });
}
