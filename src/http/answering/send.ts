import { closeEntry } from '../journal.js';
import { isOpen } from '../connection/connection.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../input/answer.js';

/** RFC 9110 §8.6: such an answer has neither a body nor a length. */
const bodiless = [204, 304];

/** Writes an answer to the wire, and into the journal as it left. To a client that is gone nothing leaves. */
export function leave(request: FastifyRequest, reply: FastifyReply, answer: Answer): void {
  if (!isOpen(request)) {
    reply.hijack();
    closeEntry(request);
    return;
  }
  const framed = frame(answer);
  writeHead(request, reply, framed);
  reply.raw.end(framed.body);
}

function frame({ status, headers, body }: Answer): Answer {
  // the length first: an object that begins as a copy is slow to add to
  if (!bodiless.includes(status)) {
    return { status, headers: { 'content-length': String(Buffer.byteLength(body)), ...headers }, body };
  }
  const { 'content-type': _type, ...rest } = headers;
  return { status, headers: rest, body: '' };
}

/** Begins an answer. From here on it is Fastify's no longer, which would send its headers and its hooks after it. */
export function writeHead(request: FastifyRequest, reply: FastifyReply, { status, headers, body }: Answer): void {
  const { entry, world, staged } = request;
  // first, since Node throws for a header that cannot be sent
  reply.raw.writeHead(status, headers);
  reply.hijack();
  entry.newestAtEnd = world.journal.lastId;
  entry.status = status;
  entry.responseHeaders = headers;
  entry.responseBody = body;
  // an answer that nothing spoils leaves now; of one that a fault holds, its line tells the end: see http/faulting/active-fault.ts
  if (staged === undefined) closeEntry(request);
}
