import { pipelineLimit } from './connection.js';
import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Connections that close after the answer to a refused request. */
const ending = new WeakSet<Socket>();

/** Leaves out the requests that a client pipelined behind one that was refused: nobody would answer them. */
export function endConnection(socket: Socket): void {
  ending.add(socket);
}

/** The pipelined requests that wait on a connection. */
interface Queue {
  /** The call of the admin API that they wait for. Undefined: none. */
  call: ServerResponse | undefined;
  readonly waiting: Parameters<RequestListener>[];
}

const hasCall = ({ call }: Queue): boolean => call !== undefined;

/**
 * Serves pipelined requests in their order (RFC 9112 §9.3.2): Node hands over all that arrive together at once, and a
 * call of the admin API has its effect later than a request without a body. Requests wait until the call before them
 * is answered.
 */
export function inOrder(serve: RequestListener): RequestListener {
  const queues = new WeakMap<Socket, Queue>();

  const begin: RequestListener = (request, response) => {
    if (request.url?.includes('/__admin') === true) {
      const queue = queues.get(request.socket) ?? { call: undefined, waiting: [] };
      queues.set(request.socket, queue);
      queue.call = response;
      response.once('close', () => {
        if (queue.call === response) goOn(queue);
      });
    }
    serve(request, response);
  };

  const goOn = (queue: Queue): void => {
    queue.call = undefined;
    for (let next = queue.waiting.shift(); next !== undefined; next = queue.waiting.shift()) {
      const [request, response] = next;
      if (request.socket.writable) begin(request, response);
      else response.destroy();
      if (hasCall(queue)) return;
    }
  };

  return (request, response) => {
    const { socket } = request;
    // the answer to a request that is not pipelined has the connection already
    if (response.socket !== null) {
      begin(request, response);
      return;
    }
    if (ending.has(socket)) return;
    const queue = queues.get(socket);
    if (queue === undefined || !hasCall(queue)) begin(request, response);
    else if (queue.waiting.length < pipelineLimit) queue.waiting.push([request, response]);
    else socket.destroy();
  };
}
