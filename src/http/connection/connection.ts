import { steadyNow } from '../../world/clock.js';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Maximum number of pipelined requests on one connection that wait for earlier answers. */
export const pipelineLimit = 100;

interface Connection {
  /** Number of requests whose answer is not the next one. */
  waiting: number;
  /** Latest request with a body. Bodies arrive in order, so only this one can be incomplete. */
  latestBody: { readonly raw: FastifyRequest['raw']; readonly onAbort: () => void } | undefined;
  readonly closeListeners: Set<() => void>;
}

const connections = new WeakMap<Socket, Connection>();

function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const connection: Connection = { waiting: 0, latestBody: undefined, closeListeners: new Set() };
  connections.set(socket, connection);
  socket.once('close', () => {
    if (connection.latestBody?.raw.complete === false) connection.latestBody.onAbort();
    for (const listener of connection.closeListeners) listener();
    connection.closeListeners.clear();
  });
  return connection;
}

const openings = new WeakMap<Socket, number>();

/** Records when each connection is opened: a request on a connection that was opened later is a later request. */
export function recordOpenings({ server }: FastifyInstance): void {
  server.on('connection', (socket: Socket) => {
    openings.set(socket, steadyNow());
  });
}

/** When the connection of a request was opened, by the monotonic clock in milliseconds. */
export const openedAt = ({ raw: { socket } }: FastifyRequest): number | undefined => openings.get(socket);

/**
 * Calls the listener when the connection of a request closes. Node emits `close` only on the response that is
 * next, so pipelined requests (RFC 9112 §9.3.2) need this. Returns a function that removes the listener.
 */
export function whenConnectionCloses({ raw: { socket } }: FastifyRequest, listener: () => void): () => void {
  const connection = connectionOf(socket);
  connection.closeListeners.add(listener);
  return () => connection.closeListeners.delete(listener);
}

/** Calls the listener if the connection closes before the whole body of this request has arrived. */
export function whenRequestAborts({ raw }: FastifyRequest, onAbort: () => void): void {
  connectionOf(raw.socket).latestBody = { raw, onAbort };
}

/**
 * Counts a pipelined request and tells whether it may be served. Closes a connection with too many of them: Node does
 * not limit their number.
 */
export function admitRequest({ raw: { socket } }: FastifyRequest, { raw }: FastifyReply): boolean {
  // not pipelined: the answer of this request is the next one
  if (raw.socket !== null) return true;
  const connection = connectionOf(socket);
  if (connection.waiting >= pipelineLimit) {
    socket.destroy();
    return false;
  }
  connection.waiting += 1;
  raw.once('finish', () => {
    connection.waiting -= 1;
  });
  return true;
}

/** Whether an answer can still be sent. False after the client disconnected or an unparsable request was answered. */
export const isWritable = ({ raw: { socket } }: FastifyRequest): boolean => !socket.writableEnded && !socket.destroyed;
