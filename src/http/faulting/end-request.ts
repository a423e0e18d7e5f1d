import { closeAtFin, inTurn } from '../connection/connection.js';
import { resetConnection } from '../connection/reset.js';
import { writeAnswer } from '../connection/write-answer.js';
import { refusedByFault } from './refuse.js';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ending } from '../../faults/fault.js';

/**
 * Ends a request as a fault wants it, behind the earlier answers of the connection.
 *
 * @throws RefusedByFault if the fault refuses, and the refusals of `refusedByFault`
 */
export function endRequest(request: FastifyRequest, reply: FastifyReply, ending: Ending): void {
  if (ending.do === 'refuse') throw refusedByFault(request, ending.refusal);
  if (ending.do === 'send') {
    // without the provider's headers: a proxy could have sent this answer
    writeAnswer(request, reply, ending.answer);
    return;
  }
  request.entry.ending = ending.do;
  // from here on Fastify sends nothing
  reply.hijack();
  if (ending.do === 'hang') {
    closeAtFin(request);
    return;
  }
  inTurn(request, reply, 0, () => {
    endConnection(request.raw.socket, ending);
  });
}

type OfConnection = Exclude<Ending, { readonly do: 'refuse' | 'send' | 'hang' }>;

function endConnection(socket: Socket, ending: OfConnection): void {
  switch (ending.do) {
    case 'reset':
      resetConnection(socket);
      return;
    case 'send-bytes':
      socket.write(ending.bytes);
      socket.destroySoon();
      return;
    case 'close':
      socket.destroySoon();
  }
}
