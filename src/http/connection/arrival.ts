import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** What the forward proxy knows of a request that came by it. */
export interface Arrival {
  /** The host of a provider that the client asked for. */
  readonly host: string;
  /** The world that the credentials of the proxy name, or `default`. */
  readonly worldId: string;
}

/** By connection, for what comes through a tunnel; by request, for what the proxy itself received. */
const arrivals = new WeakMap<Socket | IncomingMessage, Arrival>();

/** Records that a connection, or one request, came by the forward proxy. */
export function setArrival(what: Socket | IncomingMessage, arrival: Arrival): void {
  arrivals.set(what, arrival);
}

/** How a request came by the forward proxy. Undefined if it did not. */
export const arrivalOf = (request: IncomingMessage): Arrival | undefined =>
  arrivals.get(request.socket) ?? arrivals.get(request);

/** How a connection came by the forward proxy. Undefined if it did not. */
export const arrivalOfConnection = (socket: Socket): Arrival | undefined => arrivals.get(socket);
