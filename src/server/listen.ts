import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { UsageError } from '../config/option.js';
import { isWildcard } from '../input/host-name.js';
import type { AddressInfo, Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';

/**
 * Listens on an address. Returns a URL that a client on this machine can use.
 *
 * @throws UsageError if the address cannot be used; the app is then closed
 */
export async function listen(app: FastifyInstance, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw new UsageError(messageOf(error as NodeJS.ErrnoException, host, port));
  }
  const address = app.server.address() as AddressInfo;
  if (host === 'localhost') await listenOnOthers(app, address);
  return urlOf('http', address);
}

/**
 * Listens on the other addresses of `localhost`, because a client may try IPv4 or IPv6 alone. Fastify does so only for
 * a server that it makes itself. An address that cannot be used is left out, as there.
 */
async function listenOnOthers(app: FastifyInstance, { address, port }: AddressInfo): Promise<void> {
  const found = await lookup('localhost', { all: true }).catch(() => []);
  for (const host of new Set(found.map((each) => each.address))) {
    if (host === address) continue;
    // as Node makes the server of HTTP
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      app.server.emit('connection', socket);
    });
    await once(server.listen({ host, port }), 'listening').catch(() => undefined);
    app.server.on('close', () => server.close());
  }
}

/**
 * Listens on an address with a server of Node.
 *
 * @throws UsageError if the address cannot be used
 */
export async function listenWith(server: Server, scheme: string, host: string, port: number): Promise<string> {
  try {
    await once(server.listen({ host, port }), 'listening');
  } catch (error) {
    throw new UsageError(messageOf(error as NodeJS.ErrnoException, host, port));
  }
  return urlOf(scheme, server.address() as AddressInfo);
}

function messageOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  return code === 'EADDRINUSE'
    ? `port ${port} is in use on ${host}; choose another, or 0 for a free port`
    : `cannot listen on ${host} port ${port}: ${message}`;
}

function urlOf(scheme: string, { address, port }: AddressInfo): string {
  if (isWildcard(address)) return `${scheme}://localhost:${port}`;
  return `${scheme}://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
