import { setTimeout as sleep } from 'node:timers/promises';
import { fraction } from '../../world/chance.js';
import { closeAtFin, halfCloseMs, whenConnectionCloses } from '../connection/connection.js';
import { guardedFor } from '../connection/guarded.js';
import { closeEntry } from '../journal.js';
import { ReadFacts, faultEndpoint, previousAnswer } from './facts.js';
import { foreignCode } from './foreign-code.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange } from '../../faults/fault.js';
import type { Answer } from '../../input/answer.js';
import type { ChosenFault } from '../../faults/chosen-fault.js';
import type { JournalEntry } from '../../world/journal/entry.js';

/** A fault that was chosen for a request, until the request ends. */
export interface ActiveFault {
  readonly chosen: ChosenFault;
  /** Whether its part after the effect was played. A refusal after the effect is an answer too, and keeps its form. */
  isPlayed: boolean;
  readonly exchange: Exchange;
  /** Aborted when the reply ends or the connection closes, from either side. */
  readonly gone: AbortSignal;
}

/** The fault of a request. A redirect back to the client can activate a fault of the moment `redirect-back`. */
export function faultOnAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): ActiveFault | undefined {
  if (request.activeFault !== undefined || !request.world.hasFaults) return request.activeFault;
  return isRedirectBack(answer) ? activateFault(request, reply, 'redirect-back') : undefined;
}

/** Provider redirects are relative; a redirect_uri is always absolute (RFC 6749 §3.1.2). */
function isRedirectBack({ headers: { location } }: Answer): boolean {
  return typeof location === 'string' && !location.startsWith('/');
}

/** Chooses the rule that applies to a request, activates its fault and records it in the journal. */
export function activateFault(
  request: FastifyRequest,
  reply: FastifyReply,
  moment: 'request' | 'redirect-back',
): ActiveFault | undefined {
  const { world, entry } = request;
  const endpoint = faultEndpoint(request);
  const facts = endpoint === undefined ? undefined : new ReadFacts(request, endpoint);
  const chosen = facts === undefined ? undefined : world.faults.choose(facts, moment);
  if (facts === undefined || chosen === undefined) return undefined;

  const { id, kind, happens } = chosen;
  entry.fault = { id, kind: kind.name, ...(happens ? {} : { replaced: true }) };
  const when = kind.happens === 'after' && happens ? ', after the effect' : '';
  entry.notes.push(`fault ${id}: ${kind.name}${when}: ${kind.sees}`);
  if (!happens) {
    recordFacts(entry, facts, `the fault ${JSON.stringify(id)} (${kind.name}) replaced the answer`);
  }
  const gone = endOf(request, reply);
  request.activeFault = { chosen, isPlayed: false, gone, exchange: exchangeOf(request, chosen, gone) };
  return request.activeFault;
}

/** Aborts when the request ends: by its reply, its connection or its world. Completes the journal entry then. */
function endOf(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  // a deleted world cannot answer any more
  const stopWorldListener = request.world.whenEnded(
    guardedFor(request, () => {
      gone.abort();
      request.raw.socket.destroy();
    }),
  );
  const stopConnectionListener = whenConnectionCloses(request, end);
  reply.raw.once('close', guardedFor(request, end));
  closeAtFin(request, halfCloseMs, request.startedAt);
  function end(): void {
    stopWorldListener();
    stopConnectionListener();
    gone.abort();
    closeEntry(request);
  }
  return gone.signal;
}

/** Records the facts that the core would have recorded: with this fault, the core does not handle the request. */
function recordFacts(entry: JournalEntry, facts: ReadFacts, explanation: string): void {
  const { grantType, clientId, userId } = facts;
  entry.explanation = explanation;
  entry.flow ??= facts.flow;
  if (grantType !== undefined) entry.grantType ??= grantType;
  if (clientId !== undefined) entry.clientId ??= clientId;
  if (userId !== undefined) entry.userId ??= userId;
}

function exchangeOf(request: FastifyRequest, { queue }: ChosenFault, gone: AbortSignal): Exchange {
  const { world, base } = request;
  return {
    base,
    chance: () => fraction(world.random('faults')),
    bytes: (count) => world.random('faults')(count),
    wait: (ms) => sleep(ms, undefined, { signal: gone }).catch(() => undefined),
    gather(until, atMostMs) {
      // nothing else would end the wait of a client that left
      if (atMostMs === undefined) closeAtFin(request);
      return queue.wait(until, atMostMs, gone);
    },
    previous: () => previousAnswer(request),
    foreignCode: (code) => foreignCode(request, code),
  };
}
