import { setTimeout as sleep } from 'node:timers/promises';
import { fraction } from '../../world/chance.js';
import { ReadFacts, faultEndpoint, previousAnswer } from './facts.js';
import { foreignCode } from './foreign-code.js';
import { closeEntry } from '../journal.js';
import { whenLineEnds } from '../connection/connection.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange } from '../../faults/fault.js';
import type { Answer } from '../../input/answer.js';
import type { Strike } from '../../faults/strike.js';
import type { RequestFacts } from '../../faults/strike.js';
import type { JournalEntry } from '../../world/journal/journal.js';

/** A fault that struck at a request, while it is played. */
export interface Staged {
  readonly strike: Strike;
  readonly exchange: Exchange;
  /** Aborted when the line is closed, by whichever side. */
  readonly gone: AbortSignal;
}

/** The fault that struck at a request, or that strikes now, where a browser is sent back to its client. */
export function stagedAt(request: FastifyRequest, reply: FastifyReply, answer: Answer): Staged | undefined {
  if (request.staged !== undefined || request.world.faults.size === 0) return request.staged;
  return isRedirectBack(answer) ? stage(request, reply, 'redirect-back') : undefined;
}

/** Its own pages a provider names by their path, and a client's redirect_uri is absolute (RFC 6749 §3.1.2). */
function isRedirectBack({ headers: { location } }: Answer): boolean {
  return typeof location === 'string' && !location.startsWith('/');
}

/** Finds the rule that strikes, and notes it in the journal. */
export function stage(
  request: FastifyRequest,
  reply: FastifyReply,
  moment: 'request' | 'redirect-back',
): Staged | undefined {
  const { world, entry } = request;
  const endpoint = faultEndpoint(request);
  const facts = endpoint === undefined ? undefined : new ReadFacts(request, endpoint);
  const strike = facts === undefined ? undefined : world.faults.choose(facts, moment);
  if (facts === undefined || strike === undefined) return undefined;

  const { id, kind } = strike;
  entry.fault = { id, kind: kind.name };
  entry.notes.push(`fault ${id}: ${kind.name}: ${kind.sees}`);
  if (!kind.happens) {
    noteFacts(entry, facts, `the fault ${JSON.stringify(id)} (${kind.name}) came in place of an answer`);
  }
  const gone = new AbortController();
  // what a fault keeps waiting ends with its world: an answer would come from one that is no more
  const stay = world.whenEnded(() => {
    gone.abort();
    request.raw.socket.destroy();
  });
  const stayOnLine = whenLineEnds(request, end);
  reply.raw.once('close', end);
  function end(): void {
    stay();
    stayOnLine();
    gone.abort();
    closeEntry(request);
  }
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

function exchangeOf(request: FastifyRequest, { queue: line }: Strike, gone: AbortSignal): Exchange {
  const { world, base } = request;
  return {
    base,
    chance: () => fraction(world.random('faults')),
    wait: (ms) => sleep(ms, undefined, { signal: gone }).catch(() => undefined),
    gather: (until, atMostMs) => line.wait(until, atMostMs, gone),
    previous: () => previousAnswer(request),
    foreignCode: (code) => foreignCode(request, code),
  };
}
