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
  const framed = frame(answer);
  writeHead(request, reply, framed, () => {
    reply.raw.end(framed.body);
  });
}

function frame({ status, headers, body }: Answer): Answer {
  // literal members before the spread: the other order is slower in V8
  if (!bodiless.includes(status)) {
    return { status, headers: { 'content-length': String(Buffer.byteLength(body)), ...headers }, body };
  }
  const { 'content-type': _type, ...rest } = headers;
  return { status, headers: rest, body: '' };
}

/**
 * Writes status and headers, records them and sends the rest of the answer, when the earlier answers of the connection
 * are written. Takes the reply from Fastify, which would add headers and run hooks.
 */
export function writeHead(request: FastifyRequest, reply: FastifyReply, answer: Answer, send: () => void): void {
  // before anything is recorded: Node throws on an invalid header
  reply.raw.writeHead(answer.status, answer.headers);
  reply.hijack();
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
