import { steadyNow } from '../../world/clock.js';
import { guardedFor } from './guarded.js';
import type { Server, Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Maximum number of pipelined requests on one connection that wait for earlier answers. */
export const pipelineLimit = 100;

/**
 * Maximum size of the answers on one connection that wait for earlier ones, in bytes. A single answer may be larger.
 */
export const pipelineBytes = 256 * 1024;

/** A client that ends its side (FIN) within this time after its request waits for the answer. Later, it has left. */
export const halfCloseMs = 50;

/** The longest time that an answer may take after the client ended its side, in milliseconds. */
export const halfOpenMs = 2000;

interface Connection {
  /** Number of requests whose answer is not the next one. */
  waiting: number;
  /** Latest request with a body. Bodies arrive in order, so only this one can be incomplete. */
  latestBody: FastifyRequest | undefined;
  onAbort: ((request: FastifyRequest) => void) | undefined;
  /** Size of the answers that wait for earlier ones, in bytes. */
  waitingBytes: number;
  readonly closeListeners: Set<() => void>;
  /** Called when the client ends its side. */
  readonly finListeners: Set<() => void>;
}

const connections = new WeakMap<Socket, Connection>();

function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const connection: Connection = {
    waiting: 0,
    latestBody: undefined,
    onAbort: undefined,
    waitingBytes: 0,
    closeListeners: new Set(),
    finListeners: new Set(),
  };
  connections.set(socket, connection);
  socket.once('close', () => {
    abortIncomplete(connection);
    for (const listener of connection.closeListeners) listener();
    connection.closeListeners.clear();
    connection.finListeners.clear();
  });
  return connection;
}

function abortIncomplete({ latestBody: request, onAbort }: Connection): void {
  if (request?.raw.complete !== false) return;
  guardedFor(request, () => onAbort?.(request))();
}

const openings = new WeakMap<Socket, number>();

/**
 * Records when each connection is opened: a request on a connection that was opened later is a later request. A client
 * may end its side before it has its answers.
 */
export function recordOpenings(server: Server): void {
  (server as unknown as { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  server.on('connection', (socket: Socket) => {
    openings.set(socket, steadyNow());
    // here, because a connection that is read again loses its listeners: see raw-url.ts
    socket.once('end', () => {
      for (const listener of connections.get(socket)?.finListeners ?? []) listener();
    });
  });
}

/** When the connection of a request was opened, by the monotonic clock in milliseconds. */
export const openedAt = ({ raw: { socket } }: FastifyRequest): number | undefined => openings.get(socket);

/**
 * Calls the listener when the connection of a request closes. Node emits `close` only on the response that is
 * next, so pipelined requests (RFC 9112 §9.3.2) need this. Returns a function that removes the listener.
 */
export function whenConnectionCloses(request: FastifyRequest, listener: () => void): () => void {
  const { closeListeners } = connectionOf(request.raw.socket);
  const safe = guardedFor(request, listener);
  closeListeners.add(safe);
  return () => closeListeners.delete(safe);
}

/**
 * Closes the connection when the client of a waiting request ends its side. TCP does not tell whether it left, or only
 * sends no more.
 *
 * @param still how long a client that ends its side counts as one that waits, in milliseconds after `since`
 */
export function closeAtFin({ raw: { socket } }: FastifyRequest, still = 0, since = -Infinity): void {
  const leave = (): void => {
    if (steadyNow() - since > still) {
      socket.end();
      return;
    }
    // a client that left at once looks the same
    const timer = setTimeout(() => socket.end(), halfOpenMs);
    connectionOf(socket).closeListeners.add(() => {
      clearTimeout(timer);
    });
  };
  if (socket.readableEnded) leave();
  else connectionOf(socket).finListeners.add(leave);
}

/**
 * Calls the listener if the connection closes before the whole body of this request has arrived. The listener is a
 * function of the request, so that no request makes one.
 */
export function whenRequestAborts(request: FastifyRequest, onAbort: (request: FastifyRequest) => void): void {
  const connection = connectionOf(request.raw.socket);
  connection.latestBody = request;
  connection.onAbort = onAbort;
}

/** The request with a journal entry whose body is arriving on a connection. Undefined: there is none. */
export function arrivingRequest(socket: Socket): FastifyRequest | undefined {
  const request = connections.get(socket)?.latestBody;
  return request?.raw.complete === false ? request : undefined;
}

/**
 * Counts a pipelined request and tells whether it may be served. Closes a connection with too many of them: Node does
 * not limit their number.
 */
export function admitRequest(request: FastifyRequest, { raw }: FastifyReply): boolean {
  const { socket } = request.raw;
  // the server ignores Upgrade (RFC 9110 §7.8). Node reads nothing that follows it
  if (request.headers.upgrade !== undefined) raw.shouldKeepAlive = false;
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

/**
 * Acts when all earlier answers of the connection are written: at once, unless the request is pipelined. Never, if the
 * connection closes before. If the answers that wait on the connection become too large, it is closed.
 *
 * @param bytes size of what waits
 */
export function inTurn(request: FastifyRequest, { raw }: FastifyReply, bytes: number, act: () => void): void {
  if (raw.socket !== null) {
    act();
    return;
  }
  const { socket } = request.raw;
  const connection = connectionOf(socket);
  if (connection.waitingBytes > 0 && connection.waitingBytes + bytes > pipelineBytes) {
    request.log.warn('a connection is closed: its client sends requests, and does not read their answers');
    socket.destroy();
    return;
  }
  connection.waitingBytes += bytes;
  raw.once('socket', () => {
    connection.waitingBytes -= bytes;
    // Node is in the middle of handing the connection to this answer
    queueMicrotask(
      guardedFor(request, () => {
        try {
          act();
        } catch (error) {
          // an answer that began cannot be replaced
          socket.destroy();
          throw error;
        }
      }),
    );
  });
}

/** Whether an answer can still be sent. False after the client disconnected or an unparsable request was answered. */
export const isWritable = ({ raw: { socket } }: FastifyRequest): boolean => !socket.writableEnded && !socket.destroyed;
