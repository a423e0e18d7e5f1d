import { problemText } from '../problem.js';
import { afterEarlierAnswers } from './earlier-answers.js';
import { arrivingRequest } from './connection.js';
import { guarded } from './guarded.js';
import { isTls, likelyReason } from './likely-reason.js';
import { sendRawProblem } from './raw-problem.js';
import { refuseFurtherRequests } from './request-order.js';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ParseError } from './likely-reason.js';

interface Row {
  readonly status: number;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** By the `code` of Node's error. */
const rows: ReadonlyMap<string, Row> = new Map(
  Object.entries<Row>({
    ERR_HTTP_REQUEST_TIMEOUT: { status: 408, title: 'The request did not arrive in time' },
    HPE_INVALID_EOF_STATE: { status: 400, title: 'The request is not complete' },
    HPE_HEADER_OVERFLOW: { status: 431, title: 'The request line and the headers are too large' },
    // RFC 9110 §15.5.6: the answer lists the methods
    HPE_INVALID_METHOD: {
      status: 405,
      title: 'This is not an HTTP method',
      headers: { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' },
    },
  }),
);
const unreadable: Row = { status: 400, title: 'This is not HTTP/1.1' };

/**
 * Makes the handler of requests that Node could not parse. It answers, and logs the likely reason. A request has a
 * journal entry only if its body alone could not be parsed: otherwise it has no provider and no world.
 */
export function refuseUnparsed(log: FastifyBaseLogger): (error: ParseError, socket: Socket) => void {
  const refused = new WeakSet<Socket>();
  return guarded(log, (error, socket) => {
    // the parser reports errors in later bytes too; the answer may not be written yet, so the socket stays
    if (refused.has(socket) && error.code !== 'ECONNRESET') return;
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    refused.add(socket);
    const row = (isTls(error.rawPacket) ? undefined : rows.get(String(error.code))) ?? unreadable;
    const reason = likelyReason(error);
    log.warn({ status: row.status, code: error.code }, `a request could not be parsed: ${reason}`);
    arrivingRequest(socket)?.entry.notes.push(`the server answered ${row.status}, which no provider does: ${reason}`);
    afterEarlierAnswers(
      socket,
      guarded(log, () => {
        sendRawProblem(socket, { title: row.title, status: row.status, detail: reason }, row.headers);
      }),
    );
  });
}

/** Refuses CONNECT, which Node does not route: this server is no proxy. */
export function refuseConnect(app: FastifyInstance): void {
  const taken = new Set<Socket>();
  app.addHook('preClose', (done) => {
    for (const socket of taken) socket.destroy();
    done();
  });
  app.server.on('connect', (_request, socket: Socket) => {
    const reason = 'the client takes this server for a proxy (CONNECT); it serves its URLs itself';
    app.log.warn({ status: 400 }, `a request could not be served: ${reason}`);
    socket.on('error', () => undefined);
    // Node gave the connection away: it neither reads nor closes it
    socket.resume();
    taken.add(socket);
    socket.once('close', () => taken.delete(socket));
    afterEarlierAnswers(
      socket,
      guarded(app.log, () => {
        sendRawProblem(socket, { title: 'This is no proxy', status: 400, detail: reason });
      }),
    );
  });
}

/** Refuses an expectation other than 100-continue (RFC 9110 §10.1.1). Node's own answer has no body. */
export function refuseExpectation(server: Server, log: FastifyBaseLogger): void {
  server.on('checkExpectation', ({ headers, socket }: IncomingMessage, response: ServerResponse) => {
    refuseFurtherRequests(socket);
    const detail = `The request expects ${JSON.stringify(headers.expect)}; only 100-continue is known.`;
    // without the value, which may be a secret
    log.warn({ status: 417 }, 'a request could not be served: it has an Expect other than 100-continue');
    const { type, text } = problemText({ title: 'Unknown expectation', status: 417, detail });
    response.writeHead(417, { 'content-type': type, 'content-length': Buffer.byteLength(text), connection: 'close' });
    response.end(text);
  });
}
