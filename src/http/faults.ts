import { setTimeout as sleep } from 'node:timers/promises';
import { secondsOf } from '../world/duration.js';
import { fraction } from '../world/random.js';
import { spoilAnswer } from './fault-answer.js';
import { ReadFacts, faultEndpoint, previousAnswer } from './fault-facts.js';
import { sendStagedRefusal } from './fault-refusal.js';
import { foreignCode } from './foreign-code.js';
import { closeEntry } from './journal.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import type { Answer, Departure, Exchange, Instead } from '../faults/fault.js';
import type { RequestFacts, Strike } from '../faults/script.js';
import type { JournalEntry } from '../world/journal.js';

/** A fault that struck at a request, while it is played. */
export interface Staged {
  readonly strike: Strike;
  readonly exchange: Exchange;
  /** Aborted when the line is closed, by whichever side. */
  readonly gone: AbortSignal;
  /** What was answered in the place of the provider, to which nothing is added. */
  instead?: Answer;
  departure?: Departure;
}

/**
 * Chooses and begins faults. After the journal, which must have read the body of what is cut, and before anything looks
 * at the request. With no rule in the world it costs one look.
 */
export function faultsBefore(app: FastifyInstance): void {
  const stalled = new Set<Socket>();
  app.addHook('preClose', (done) => {
    for (const socket of stalled) socket.destroy();
    done();
  });

  app.addHook('preValidation', (request, reply, done) => {
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
    reply.raw.once('close', () => stalled.delete(socket));
    void begin(request, reply, staged).then((goesOn) => {
      if (!goesOn) return;
      stalled.delete(socket);
      done();
    }, done);
  });
}

/** Finds the rule that strikes, and notes it in the journal. */
function stage(request: FastifyRequest, reply: FastifyReply, moment: 'request' | 'redirect-back'): Staged | undefined {
  const { world, entry } = request;
  const endpoint = faultEndpoint(request);
  const facts = endpoint === undefined ? undefined : new ReadFacts(request, endpoint);
  const strike = facts === undefined ? undefined : world.faults.choose(facts, moment);
  if (facts === undefined || strike === undefined) return undefined;

  const { id, kind } = strike;
  entry.fault = { id, kind: kind.name };
  entry.notes.push(`fault ${id}: ${kind.name}: ${kind.sees}`);
  if (!kind.happens) noteFacts(entry, facts, `the fault ${JSON.stringify(id)} (${kind.name}) came in place of an answer`);
  const gone = new AbortController();
  // what a fault keeps waiting ends with its world: an answer would come from one that is no more
  const stay = world.whenEnded(() => {
    gone.abort();
    request.raw.socket.destroy();
  });
  reply.raw.once('close', () => {
    stay();
    gone.abort();
    closeEntry(request);
  });
  request.staged = { strike, gone: gone.signal, exchange: exchangeOf(request, strike, gone.signal) };
  return request.staged;
}

/** Where the core is never asked, nothing else will say whose request it was, nor why it failed. */
function noteFacts(entry: JournalEntry, { grantType, clientId, userId }: RequestFacts, explanation: string): void {
  entry.explanation = explanation;
  if (grantType !== undefined) entry.grantType ??= grantType;
  if (clientId !== undefined) entry.clientId ??= clientId;
  if (userId !== undefined) entry.userId ??= userId;
}

function exchangeOf(request: FastifyRequest, { line }: Strike, gone: AbortSignal): Exchange {
  const { world, base } = request;
  return {
    base,
    chance: () => fraction(world.random('faults')),
    milliseconds: (duration) => secondsOf(duration) * 1000,
    wait: (ms) => sleep(ms, undefined, { signal: gone }).catch(() => undefined),
    gather: (until, atMostMs) => line.stand(until, atMostMs, gone),
    previous: () => previousAnswer(request),
    foreignCode: (code) => foreignCode(request, code),
  };
}

/** Plays what comes before the effect, and tells whether the request goes on. */
async function begin(request: FastifyRequest, reply: FastifyReply, staged: Staged): Promise<boolean> {
  const instead = await staged.strike.behaviour.before?.(staged.exchange);
  // whoever left while waiting must not have an effect
  return instead !== undefined && !staged.gone.aborted && perform(request, reply, staged, instead);
}

function perform(request: FastifyRequest, reply: FastifyReply, staged: Staged, instead: Instead): boolean {
  switch (instead.do) {
    case 'go-on':
      return true;
    case 'hang':
      return false;
    case 'reset':
      request.raw.socket.resetAndDestroy();
      return false;
    case 'refuse':
      sendStagedRefusal(request, reply, instead.refusal);
      return false;
    case 'answer':
      staged.instead = instead.answer;
      void reply.code(instead.answer.status).send(instead.answer.body);
      return false;
  }
}

/**
 * Spoils answers: after the provider's own headers, and before the journal, so that it keeps what truly leaves. With no
 * rule in the world it costs one look.
 */
export function faultsAfter(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.staged === undefined && request.world.faults.size === 0) {
      done(null, payload);
      return;
    }
    const staged = request.staged ?? (isRedirectBack(reply) ? stage(request, reply, 'redirect-back') : undefined);
    if (staged === undefined) done(null, payload);
    else void spoilAnswer(request, reply, staged, payload).then(({ leaves, body }) => { if (leaves) done(null, body); }, done);
  });
}

/** Its own pages a provider names by their path, and a client's redirect_uri is absolute (RFC 6749 §3.1.2). */
function isRedirectBack(reply: FastifyReply): boolean {
  const location = reply.getHeader('location');
  return typeof location === 'string' && !location.startsWith('/');
}
