import { connect } from 'node:net';
import { pipeline } from 'node:stream';
import type { LookupFunction, Socket } from 'node:net';

/** The answer to `CONNECT`: what follows is the tunnel (RFC 9110 §9.3.6). */
export const established = 'HTTP/1.1 200 Connection Established\r\n\r\n';

/**
 * Connects a client to a host, and copies the bytes in both directions.
 *
 * @param waitMs the longest time until the host accepts the connection, in milliseconds
 * @param refused called with the reason if the host does not accept it; nothing was sent to the client then
 */
export function openTunnel(
  client: Socket,
  { host, port, lookup }: { readonly host: string; readonly port: number; readonly lookup: LookupFunction },
  waitMs: number,
  refused: (reason: string) => void,
): void {
  const server = connect({ host, port, lookup, allowHalfOpen: true });
  const fail = ({ message }: Error): void => {
    refused(message);
  };
  const leave = (): void => {
    server.destroy();
  };
  const timer = setTimeout(() => server.destroy(new Error(`${host}:${port} did not answer in time`)), waitMs);
  server.once('error', fail);
  client.once('close', leave);
  server.once('connect', () => {
    clearTimeout(timer);
    server.off('error', fail);
    client.off('close', leave);
    client.write(established);
    // each closes the other; nobody is told of an error
    pipeline(client, server, () => undefined);
    pipeline(server, client, () => undefined);
  });
  server.once('close', () => {
    clearTimeout(timer);
  });
}
