import { writeAnswer } from '../connection/write-answer.js';
import { refusedByFault } from './refuse.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ending } from '../../faults/fault.js';

/**
 * Ends a request as a fault wants it.
 *
 * @throws RefusedByFault if the fault refuses, and the refusals of `refusedByFault`
 */
export function endRequest(request: FastifyRequest, reply: FastifyReply, ending: Ending): void {
  const { socket } = request.raw;
  if (ending.do === 'refuse') throw refusedByFault(request, ending.refusal);
  if (ending.do === 'send') {
    // without the provider's headers: a proxy could have sent this answer
    writeAnswer(request, reply, ending.answer);
    return;
  }
  // from here on Fastify sends nothing
  reply.hijack();
  switch (ending.do) {
    case 'hang':
      return;
    case 'reset':
      socket.resetAndDestroy();
      return;
    case 'send-bytes':
      socket.write(ending.bytes);
      socket.destroySoon();
      return;
    case 'close':
      socket.destroySoon();
  }
}
