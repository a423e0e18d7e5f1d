import { UsageError } from '../config/option.js';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';

/** Addresses that mean "every interface". A URL needs a host name instead. */
const wildcards = ['0.0.0.0', '::'];

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
  return urlOf(app.server.address() as AddressInfo);
}

function messageOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  return code === 'EADDRINUSE'
    ? `port ${port} is in use on ${host}; choose another, or 0 for a free port`
    : `cannot listen on ${host} port ${port}: ${message}`;
}

function urlOf({ address, port }: AddressInfo): string {
  if (wildcards.includes(address)) return `http://localhost:${port}`;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
