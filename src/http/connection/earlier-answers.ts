import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Response = ServerResponse & { readonly req: IncomingMessage };

/** The response that is next on a connection. Node has no public name for it. */
const nextResponse = (socket: Socket): Response | undefined =>
  (socket as { _httpMessage?: Response | null })._httpMessage ?? undefined;

/** Whether a request on this connection, other than one that is still arriving, waits for its answer. */
export function awaitsAnswer(socket: Socket): boolean {
  return nextResponse(socket)?.req.complete === true;
}

/**
 * Acts when the requests that arrived completely on a connection are answered: at once, if there are none. Never, if
 * the connection closes before.
 */
export function afterEarlierAnswers(socket: Socket, act: () => void): void {
  if (!awaitsAnswer(socket)) {
    act();
    return;
  }
  nextResponse(socket)?.once('finish', () => {
    // by then, Node has chosen the next response
    queueMicrotask(() => {
      afterEarlierAnswers(socket, act);
    });
  });
}
