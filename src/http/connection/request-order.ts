import { pipelineLimit } from './connection.js';
import { guarded } from './guarded.js';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';

/** Connections on which a request was refused, with the close of the connection. */
const refusing = new WeakSet<Socket>();

/** Leaves out the requests that come after this one on its connection: they would get no answer. */
export function refuseFurtherRequests(socket: Socket): void {
  refusing.add(socket);
}

/** Whether a request comes after one that was refused with the close of its connection. */
export const isRefused = ({ socket }: IncomingMessage): boolean => refusing.has(socket);

/** A call of the admin API that is not answered yet, and the pipelined requests that wait for its answer. */
interface Queue {
  /** Undefined: it is answered. */
  call: ServerResponse | undefined;
  readonly waiting: Parameters<RequestListener>[];
}

/** What `inOrder` needs. */
export interface OrderOptions {
  readonly log: FastifyBaseLogger;
  /** Whether a request that was handed to `serve` is a call of the admin API. */
  readonly isCall: (request: IncomingMessage) => boolean;
}

/**
 * Lets pipelined requests (RFC 9112 §9.3.2) wait until the call of the admin API before them is answered. Node hands
 * over all requests that arrive together at once, and a call has its effect later than a request without a body.
 */
export function inOrder(serve: RequestListener, { log, isCall }: OrderOptions): RequestListener {
  const queues = new WeakMap<Socket, Queue>();

  const begin: RequestListener = (request, response) => {
    serve(request, response);
    if (!isCall(request)) return;
    const queue = queues.get(request.socket) ?? { call: undefined, waiting: [] };
    queues.set(request.socket, queue);
    queue.call = response;
    const onClose = guarded(log, () => {
      if (queue.call === response) serveWaiting(queue);
    });
    response.once('close', onClose);
  };

  const serveWaiting = (queue: Queue): void => {
    queue.call = undefined;
    for (let next = queue.waiting.shift(); next !== undefined; next = queue.waiting.shift()) {
      const [request, response] = next;
      if (request.socket.writable) begin(request, response);
      else response.destroy();
      if (isBusy(queue)) return;
    }
  };

  return (request, response) => {
    const { socket } = request;
    if (isRefused(request)) return;
    // the answer to a request that is not pipelined has the connection already
    const queue = response.socket === null ? queues.get(socket) : undefined;
    if (queue === undefined || !isBusy(queue)) begin(request, response);
    else if (queue.waiting.length < pipelineLimit) queue.waiting.push([request, response]);
    else socket.destroy();
  };
}

const isBusy = ({ call }: Queue): boolean => call !== undefined;
