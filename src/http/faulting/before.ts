import { writeAnswer } from '../connection/write-answer.js';
import { activateFault } from './active-fault.js';
import { refusedByFault } from './refuse.js';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { Instead } from '../../faults/fault.js';
import type { ActiveFault } from './active-fault.js';

type PlayFault = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void;

/**
 * Chooses the fault of a request and plays its part before the effect. Runs before the request is checked. In a world
 * without fault rules it returns at once.
 */
export function faultsBefore(app: FastifyInstance): PlayFault {
  const stalled = new Set<Socket>();
  app.addHook('preClose', (done) => {
    for (const socket of stalled) socket.destroy();
    done();
  });

  return (request, reply, done) => {
    if (request.world.faults.size === 0) {
      done();
      return;
    }
    const fault = activateFault(request, reply, 'request');
    if (fault?.strike.behaviour.before === undefined) {
      done();
      return;
    }
    const { socket } = request.raw;
    stalled.add(socket);
    fault.gone.addEventListener('abort', () => stalled.delete(socket), { once: true });
    void playBefore(request, reply, fault).then((continues) => {
      if (!continues) return;
      stalled.delete(socket);
      done();
    }, done);
  };
}

/** Plays the part of a fault before the effect. Resolves to whether the request continues. */
async function playBefore(request: FastifyRequest, reply: FastifyReply, fault: ActiveFault): Promise<boolean> {
  const instead = await fault.strike.behaviour.before?.(fault.exchange);
  // if the client disconnected during the wait, the request must not have an effect
  return instead !== undefined && !fault.gone.aborted && perform(request, reply, instead);
}

function perform(request: FastifyRequest, reply: FastifyReply, instead: Instead): boolean {
  switch (instead.do) {
    case 'go-on':
      return true;
    case 'hang':
      return false;
    case 'reset':
      request.raw.socket.resetAndDestroy();
      return false;
    case 'refuse':
      throw refusedByFault(request, instead.refusal);
    case 'answer':
      // without the provider's headers: a proxy could have sent this answer
      writeAnswer(request, reply, instead.answer);
      return false;
  }
}
