import { survive } from '../connection/guarded.js';
import { activateFault } from './active-fault.js';
import { endRequest } from './end-request.js';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
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
    if (!request.world.hasFaults) {
      done();
      return;
    }
    const fault = activateFault(request, reply, 'request');
    if (fault?.chosen.behaviour.before === undefined) {
      done();
      return;
    }
    const { socket } = request.raw;
    stalled.add(socket);
    fault.gone.addEventListener('abort', () => stalled.delete(socket), { once: true });
    const played = playBefore(request, reply, fault).then((continues) => {
      if (!continues) return;
      stalled.delete(socket);
      done();
    }, done);
    survive(request, played);
  };
}

/** Plays the part of a fault before the effect. Resolves to whether the request continues. */
async function playBefore(request: FastifyRequest, reply: FastifyReply, fault: ActiveFault): Promise<boolean> {
  const instead = await fault.chosen.behaviour.before?.(fault.exchange);
  // if the client disconnected during the wait, the request must not have an effect
  if (instead === undefined || fault.gone.aborted) return false;
  if (instead.do === 'go-on') return true;
  endRequest(request, reply, instead);
  return false;
}
