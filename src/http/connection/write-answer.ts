import { longestRecorded, tooLong } from '../../world/journal/recorded-body.js';
import { closeEntry } from '../journal.js';
import { inTurn, isWritable, whenConnectionCloses } from './connection.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../input/answer.js';

/** RFC 9110 §8.6: an answer with one of these statuses has neither a body nor a Content-Length. */
const bodiless = [204, 304];

/** Writes an answer to the connection, and records it in the journal. Writes nothing if the client disconnected. */
export function writeAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): void {
  if (!isWritable(request)) {
    reply.hijack();
    closeEntry(request);
    return;
  }
  const { status, body } = answer;
  if (bodiless.includes(status)) {
    const { 'content-type': _type, ...headers } = answer.headers;
    writeHead(request, reply, { status, headers, body: '' }, () => {
      reply.raw.end();
    });
    return;
  }
  const send = (): void => {
    reply.raw.end(body);
  };
  writeHead(request, reply, answer, send, Buffer.byteLength(body));
}

/**
 * Writes status and headers, records them and sends the rest of the answer, when the earlier answers of the connection
 * are written. Takes the reply from Fastify, which would add headers and run hooks.
 *
 * @param length the length of the body in bytes, for a Content-Length. Undefined: the answer gets none
 */
export function writeHead(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  send: () => void,
  length?: number,
): void {
  // before anything is recorded: Node throws on an invalid header
  if (length === undefined) reply.raw.writeHead(answer.status, answer.headers);
  else reply.raw.writeHead(answer.status, headerLines(answer.headers, length));
  reply.hijack();
  request.entry.responseLength = length;
  if (reply.raw.socket !== null) {
    record(request, answer);
    send();
    return;
  }
  const stop = whenConnectionCloses(request, () => {
    closeEntry(request);
  });
  inTurn(request, reply, answer.body.length, () => {
    stop();
    record(request, answer);
    send();
  });
}

/** Names and values of headers in turn. One list for all answers: Node reads it before the next one is made. */
const lines: (string | string[])[] = [];

/** Lists headers with a Content-Length. A list costs less than a copy of the headers. */
function headerLines(headers: Answer['headers'], length: number): (string | string[])[] {
  lines[0] = 'content-length';
  lines[1] = String(length);
  let count = 2;
  for (const name in headers) {
    lines[count] = name;
    lines[count + 1] = headers[name] as string | string[];
    count += 2;
  }
  lines.length = count;
  return lines;
}

/** Records an answer that is sent. */
function record(request: FastifyRequest, { status, headers, body }: Answer): void {
  const { entry, world, activeFault } = request;
  entry.newestAtEnd = world.journal.lastId;
  entry.status = status;
  entry.responseHeaders = headers;
  entry.isResponseCut = body.length > longestRecorded;
  entry.responseBody = entry.isResponseCut ? tooLong(body.length) : body;
  // with a fault, the entry is closed when the reply closes: see faulting/active-fault.ts
  if (activeFault === undefined) closeEntry(request);
}
