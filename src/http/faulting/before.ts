import { leave } from '../answering/send.js';
import { sendStagedRefusal } from './refuse.js';
import { stage } from './active-fault.js';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { Instead } from '../../faults/fault.js';
import type { Staged } from './active-fault.js';

type PlayFault = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void;

/** Chooses and begins faults, before anything looks at the request. With no rule in the world it costs one look. */
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
    const staged = stage(request, reply, 'request');
    if (staged?.strike.behaviour.before === undefined) {
      done();
      return;
    }
    const { socket } = request.raw;
    stalled.add(socket);
    staged.gone.addEventListener('abort', () => stalled.delete(socket), { once: true });
    void begin(request, reply, staged).then((goesOn) => {
      if (!goesOn) return;
      stalled.delete(socket);
      done();
    }, done);
  };
}

/** Plays what comes before the effect, and tells whether the request goes on. */
async function begin(request: FastifyRequest, reply: FastifyReply, staged: Staged): Promise<boolean> {
  const instead = await staged.strike.behaviour.before?.(staged.exchange);
  // whoever left while waiting must not have an effect
  return instead !== undefined && !staged.gone.aborted && perform(request, reply, instead);
}

async function perform(request: FastifyRequest, reply: FastifyReply, instead: Instead): Promise<boolean> {
  switch (instead.do) {
    case 'go-on':
      return true;
    case 'hang':
      return false;
    case 'reset':
      request.raw.socket.resetAndDestroy();
      return false;
    case 'refuse':
      await sendStagedRefusal(request, reply, instead.refusal);
      return false;
    case 'answer':
      // in the place of the provider, whose headers it does not wear
      leave(request, reply, instead.answer);
      return false;
  }
}
