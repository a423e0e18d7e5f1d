import { request as send } from 'node:http';
import { pipeline } from 'node:stream';
import { withoutHeaders } from '../http/header-lines.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LookupFunction } from 'node:net';

/** Headers that concern one connection, and are not forwarded (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);

/** Where a request goes. */
interface Target {
  readonly host: string;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
  /** Host and port as the client wrote them: the Host header that is sent (RFC 9112 §3.2.2). */
  readonly authority: string;
  readonly lookup: LookupFunction;
}

/**
 * Forwards one request to a host with its end-to-end headers.
 *
 * @param waitMs the longest time until the host accepts the connection, in milliseconds
 * @param failed called with the reason if the host does not answer; nothing was sent to the client then
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { host, port, path, authority, lookup }: Target,
  waitMs: number,
  failed: (reason: string) => void,
): void {
  const outgoing = send({
    host,
    port,
    path,
    lookup,
    // a connection for each request: a pool would not ask `lookup` again
    agent: false,
    method: request.method,
    headers: [...endToEnd(request.rawHeaders, request.headers.connection, 'host'), 'Host', authority] as never,
    setHost: false,
  });
  outgoing.on('response', (answer) => {
    try {
      const headers = endToEnd(answer.rawHeaders, answer.headers.connection);
      if (Number(answer.statusCode) < 200) throw new Error(`it is no final answer: ${String(answer.statusCode)}`);
      response.writeHead(answer.statusCode as number, answer.statusMessage, headers);
    } catch (error) {
      // Node reads more than it writes: a status such as 099, or a control character in the reason phrase
      answer.destroy();
      response.statusMessage = '';
      failed(`${host}:${port} sent an answer that cannot be passed on: ${(error as Error).message}`);
      return;
    }
    pipeline(answer, response, () => undefined);
  });
  outgoing.on('upgrade', (_answer, socket) => {
    socket.destroy();
    failed(`${host}:${port} switched protocols, which the client did not ask for`);
  });
  const timer = setTimeout(() => outgoing.destroy(new Error(`${host}:${port} did not answer in time`)), waitMs);
  outgoing.on('socket', (socket) => {
    socket.once('connect', () => {
      clearTimeout(timer);
    });
  });
  outgoing.on('error', ({ message }) => {
    clearTimeout(timer);
    // the client has left
    if (response.destroyed) return;
    if (response.headersSent) response.destroy();
    else failed(message);
  });
  response.on('close', () => outgoing.destroy());
  pipeline(request, outgoing, () => undefined);
}

/** Header lines without those of the connection, those that `Connection` names, and one more, as Node's raw list. */
function endToEnd(rawHeaders: readonly string[], connection = '', except = ''): string[] {
  const named = new Set(connection.toLowerCase().split(/[\s,]+/));
  return withoutHeaders(
    rawHeaders,
    (name) =>
      name === except ||
      hopByHop.has(name) ||
      (named.has(name) && name !== 'content-length' && name !== 'transfer-encoding'),
  );
}
