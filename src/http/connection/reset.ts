import type { Socket } from 'node:net';

/** The TCP connection below a TLS connection. */
const below = new WeakMap<Socket, Socket>();

/** Records the TCP connection below a TLS connection. */
export function setConnectionBelow(secured: Socket, raw: Socket): void {
  below.set(secured, raw);
}

/** Resets a connection: the client sees RST. Node resets TCP connections only. */
export function resetConnection(socket: Socket): void {
  (below.get(socket) ?? socket).resetAndDestroy();
}
