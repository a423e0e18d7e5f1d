import { request as send } from 'node:http';
import { pipeline } from 'node:stream';
import type { IncomingMessage, ServerResponse, Agent } from 'node:http';

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

/**
 * Forwards one request to a host, unchanged but for the headers of the connection.
 *
 * @param failed called with the reason if the host does not answer; nothing was sent to the client then
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { host, port, path }: { readonly host: string; readonly port: number; readonly path: string },
  agent: Agent,
  failed: (reason: string) => void,
): void {
  const outgoing = send({
    host,
    port,
    path,
    agent,
    method: request.method,
    headers: endToEnd(request.rawHeaders, request.headers.connection) as never,
    setHost: false,
  });
  outgoing.on('response', (answer) => {
    response.writeHead(
      answer.statusCode as number,
      answer.statusMessage,
      endToEnd(answer.rawHeaders, answer.headers.connection),
    );
    pipeline(answer, response, () => undefined);
  });
  outgoing.on('error', ({ message }) => {
    if (response.headersSent) response.destroy();
    else failed(message);
  });
  response.on('close', () => outgoing.destroy());
  pipeline(request, outgoing, () => undefined);
}

/** Header lines without those of the connection and those that `Connection` names, as Node's raw list. */
function endToEnd(rawHeaders: readonly string[], connection = ''): string[] {
  const named = new Set(connection.toLowerCase().split(/[\s,]+/));
  return rawHeaders.filter((_, index) => {
    const name = (rawHeaders[index - (index % 2)] as string).toLowerCase();
    return !hopByHop.has(name) && (!named.has(name) || name === 'content-length' || name === 'transfer-encoding');
  });
}
