import { leave, writeHead } from '../answering/send.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Departure } from '../../faults/fault.js';
import type { Answer } from '../../input/answer.js';
import type { Staged } from './active-fault.js';

/** Plays what comes after the effect. Where nothing leaves any more, the line is closed or its client is gone. */
export async function spoilAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  staged: Staged,
  answer: Answer,
): Promise<void> {
  const { strike, exchange, gone } = staged;
  const departure: Departure = (await strike.behaviour.after?.(answer, exchange)) ?? { do: 'send', answer };
  if (gone.aborted) return;
  switch (departure.do) {
    case 'send':
      leave(request, reply, departure.answer);
      return;
    case 'reset':
      request.raw.socket.resetAndDestroy();
      return;
    case 'send-and-close':
      // as a server does that dies: its body is shorter than its Content-Length
      writeHead(request, reply, departure.answer);
      reply.raw.flushHeaders();
      reply.raw.write(departure.answer.body);
      request.raw.socket.destroySoon();
      return;
    case 'drip':
      writeHead(request, reply, departure.answer);
      reply.raw.flushHeaders();
      await drip(reply, request.method === 'HEAD' ? '' : departure.answer.body, departure.everyMs, staged);
  }
}

/** Sends a body a byte at a time, as long as somebody is there. */
async function drip({ raw }: FastifyReply, body: string, everyMs: number, { exchange, gone }: Staged): Promise<void> {
  for (const byte of Buffer.from(body)) {
    await exchange.wait(everyMs);
    if (gone.aborted) return;
    raw.write(Buffer.of(byte));
  }
  raw.end();
}
