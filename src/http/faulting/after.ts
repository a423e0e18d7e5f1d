import { writeAnswer, writeHead } from '../connection/write-answer.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Departure } from '../../faults/fault.js';
import type { Answer } from '../../input/answer.js';
import type { ActiveFault } from './active-fault.js';

/** Plays the part of a fault after the effect: changes, delays or cuts the answer. */
export async function playAfter(
  request: FastifyRequest,
  reply: FastifyReply,
  fault: ActiveFault,
  answer: Answer,
): Promise<void> {
  const { strike, exchange, gone } = fault;
  const departure: Departure = (await strike.behaviour.after?.(answer, exchange)) ?? { do: 'send', answer };
  if (gone.aborted) return;
  switch (departure.do) {
    case 'send':
      writeAnswer(request, reply, departure.answer);
      return;
    case 'reset':
      request.raw.socket.resetAndDestroy();
      return;
    case 'send-and-close':
      // like a server that crashes while it sends: the body is shorter than its Content-Length
      writeHead(request, reply, departure.answer);
      reply.raw.flushHeaders();
      reply.raw.write(departure.answer.body);
      request.raw.socket.destroySoon();
      return;
    case 'drip':
      writeHead(request, reply, departure.answer);
      reply.raw.flushHeaders();
      await drip(reply, request.method === 'HEAD' ? '' : departure.answer.body, departure.everyMs, fault);
  }
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
