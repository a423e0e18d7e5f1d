import { STATUS_CODES } from 'node:http';
import { problemText } from '../problem.js';
import { halfOpenMs } from './connection.js';
import type { Socket } from 'node:net';
import type { Problem } from '../problem.js';

/** Writes a problem document to a connection that Node's HTTP server does not serve, and closes it. */
export function sendRawProblem(
  socket: Socket,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
  reasonPhrase = STATUS_CODES[problem.status] as string,
): void {
  const { type, text } = problemText(problem);
  const lines = Object.entries({
    'content-type': type,
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
    ...headers,
  });
  // the client may never close its side
  socket.setTimeout(halfOpenMs, () => socket.destroy());
  socket.end(
    [`HTTP/1.1 ${problem.status} ${reasonPhrase}`, ...lines.map(([name, value]) => `${name}: ${value}`), '', text].join(
      '\r\n',
    ),
  );
}
