import { survive } from '../connection/guarded.js';
import { writeHead } from '../connection/write-answer.js';
import { endRequest } from './end-request.js';
import { refusedByFault } from './refuse.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Delivery } from '../../faults/fault.js';
import type { Answer } from '../../input/answer.js';
import type { ActiveFault } from './active-fault.js';
import type { RefusedByFault } from './refused-by-fault.js';

/** Plays the part of a fault after the effect: changes, delays, replaces or cuts the answer. */
export async function playAfter(
  request: FastifyRequest,
  reply: FastifyReply,
  fault: ActiveFault,
  answer: Answer,
): Promise<void> {
  const { chosen, exchange, gone } = fault;
  const after = fault.isPlayed ? undefined : chosen.behaviour.after;
  fault.isPlayed = true;
  const delivery: Delivery = (await after?.(answer, exchange)) ?? { do: 'send', answer };
  if (gone.aborted) return;
  switch (delivery.do) {
    case 'send-and-close':
      sendAndClose(request, reply, delivery);
      return;
    case 'send-encoded':
      sendEncoded(request, reply, delivery);
      return;
    case 'drip':
      sendDripping(request, reply, delivery, fault);
      return;
    case 'refuse':
      // the answer may be a refusal, whose error handler has begun: it is too late to throw
      await (request.server.errorHandler as RefusalSender)(refusedByFault(request, delivery.refusal), request, reply);
      return;
    default:
      endRequest(request, reply, delivery);
  }
}

/** What endpoints/refusals.ts sets. Fastify's type does not tell that it returns a promise. */
type RefusalSender = (refused: RefusedByFault, request: FastifyRequest, reply: FastifyReply) => Promise<void>;

type DeliveryOf<Name extends Delivery['do']> = Extract<Delivery, { do: Name }>;

/** Like a server that crashes while it sends: the body is incomplete. */
function sendAndClose(
  request: FastifyRequest,
  reply: FastifyReply,
  { answer, tail }: DeliveryOf<'send-and-close'>,
): void {
  const { socket } = request.raw;
  writeHead(request, reply, answer, () => {
    reply.raw.flushHeaders();
    reply.raw.write(answer.body);
    if (tail !== undefined && request.method !== 'HEAD') socket.write(tail);
    socket.destroySoon();
  });
}

/** Sends the bytes in place of the body. */
function sendEncoded(
  request: FastifyRequest,
  reply: FastifyReply,
  { answer, bytes }: DeliveryOf<'send-encoded'>,
): void {
  const send = (): void => {
    reply.raw.end(bytes);
  };
  writeHead(request, reply, answer, send, bytes.length);
}

function sendDripping(
  request: FastifyRequest,
  reply: FastifyReply,
  { answer, everyMs }: DeliveryOf<'drip'>,
  fault: ActiveFault,
): void {
  writeHead(request, reply, answer, () => {
    reply.raw.flushHeaders();
    survive(request, drip(reply, request.method === 'HEAD' ? '' : answer.body, everyMs, fault));
  });
}

/** Sends a body one byte at a time, until its end or until the client disconnects. */
async function drip(
  { raw }: FastifyReply,
  body: string,
  everyMs: number,
  { exchange, gone }: ActiveFault,
): Promise<void> {
  for (const byte of Buffer.from(body)) {
    await exchange.wait(everyMs);
    if (gone.aborted) return;
    raw.write(Buffer.of(byte));
  }
  raw.end();
}
