import { STATUS_CODES } from 'node:http';
import { problemText } from '../problem.js';
import type { Socket } from 'node:net';

interface Row {
  readonly status: number;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** By the `code` of Node's error. */
const rows: Readonly<Record<string, Row>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, title: 'The request did not arrive in time' },
  HPE_HEADER_OVERFLOW: { status: 431, title: 'The request line and the headers are too large' },
  // RFC 9110 §15.5.6: the answer lists the methods
  HPE_INVALID_METHOD: {
    status: 405,
    title: 'This is not an HTTP method',
    headers: { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' },
  },
};
const unreadable: Row = { status: 400, title: 'This is not HTTP/1.1' };

/**
 * Answers a request that Node could not parse. There is no provider and no world for it, so no journal entry either.
 */
export function refuseUnparsed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const { status, title, headers = {} } = rows[String(error.code)] ?? unreadable;
  const { type, text } = problemText({ title, status, detail: error.message });
  const lines = Object.entries({
    'content-type': type,
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
    ...headers,
  });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] as string}`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
      '',
      text,
    ].join('\r\n'),
  );
}
