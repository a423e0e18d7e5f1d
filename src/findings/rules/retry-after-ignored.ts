import { describeLength } from '../../core/length.js';
import { groupBy } from '../evidence.js';
import { fewestInRow, sentAfter, knewAnswer } from '../timing.js';
import { familyOfBearer } from './expired-token-resent.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/** Tolerance for timers and clocks, in milliseconds. */
const graceMs = 50;

export const retryAfterIgnored = defineRule({
  id: 'retry-after-ignored',
  severity: 'error',
  verdict: 'The client sent the next request before the Retry-After time had passed.',
  clause: 'RFC 9110 §10.2.3; RFC 6585 §4',
  advice: 'Wait as many seconds as Retry-After says before the next request with the same token or client.',
  spares:
    'Real and virtual time both count: a test may wait, or advance the virtual clock. After several failures, ' +
    'one request is allowed for each failure whose Retry-After time has passed. Not reported for requests of ' +
    'another caller, for calls that may have been sent in parallel (a note if they are consecutive on one ' +
    'connection), and for a Retry-After that is a date.',
  judge: ({ all }) => [...groupBy(all, sameCaller).values()].flatMap(proofsOf),
});

/**
 * The caller of a request. At an API it is the token family, because the access token can be renewed while the client
 * waits. At other endpoints it is the same client with the same parameters.
 */
function sameCaller(seen: ObservedRequest): string | undefined {
  const { provider, entry, accessToken, clientId } = seen;
  if (!['token', 'resource', 'userinfo', 'revoke', 'introspect'].includes(entry.endpoint)) return undefined;
  return JSON.stringify([
    provider.name,
    entry.endpoint,
    familyOfBearer(seen) ?? accessToken,
    clientId,
    ...['grant_type', 'code', 'refresh_token', 'username', 'token'].map((name) => seen.parameter(name)),
  ]);
}

function proofsOf(sent: readonly ObservedRequest[]): Proof[] {
  const proofs: Proof[] = [];
  const inRow: ObservedRequest[] = [];
  let open: ObservedRequest[] = [];
  for (const seen of sent) {
    const meant = answeredBy(seen, open);
    open = open.filter((refusal) => refusal !== meant?.refusal);
    if (meant?.how === 'early') proofs.push(proofOf(meant.refusal, seen));
    if (meant?.how === 'in a row') inRow.push(seen);
    if (seen.failed) open.push(seen);
  }
  return [...proofs, ...noteOf(sent, inRow)];
}

interface Meant {
  readonly refusal: ObservedRequest;
  readonly how: 'in time' | 'early' | 'in a row';
}

/** The failure that a request retries. A failure whose Retry-After has passed or is absent is preferred. */
function answeredBy(seen: ObservedRequest, open: readonly ObservedRequest[]): Meant | undefined {
  const over = open.filter((failure) => isOver(failure, seen));
  const waiting = open.filter((failure) => !isOver(failure, seen));
  const early = waiting.find((refusal) => knewAnswer(refusal, seen));
  const inTime = over.find((failure) => knewAnswer(failure, seen)) ?? (early === undefined ? undefined : over[0]);
  if (inTime !== undefined) return { how: 'in time', refusal: inTime };
  if (early !== undefined) return { how: 'early', refusal: early };
  const received = waiting.find((refusal) => sentAfter(refusal, seen));
  return received === undefined ? undefined : { how: 'in a row', refusal: received };
}

const waitedMs = (refusal: ObservedRequest, next: ObservedRequest): number =>
  Math.max(next.start - refusal.end, next.entry.at - refusal.entry.at);
const isOver = (refusal: ObservedRequest, next: ObservedRequest): boolean =>
  waitedMs(refusal, next) >= (retryAfter(refusal) ?? 0) * 1000 - graceMs;

function proofOf(refusal: ObservedRequest, next: ObservedRequest): Proof {
  return {
    by: [refusal, next],
    roles: ['asked the client to wait', 'the next request'],
    says:
      `Retry-After was ${describeLength(Number(retryAfter(refusal)) * 1000)}, and the next ` +
      `${next.entry.endpoint} request arrived after ${describeLength(waitedMs(refusal, next))}.`,
  };
}

function noteOf(sent: readonly ObservedRequest[], inRow: readonly ObservedRequest[]): Proof[] {
  if (inRow.length < fewestInRow) return [];
  const refusals = sent.filter((seen) => retryAfter(seen) !== undefined).slice(0, 1);
  return [
    {
      by: [...refusals, ...inRow],
      roles: ['asked the client to wait', 'sent too early'],
      severity: 'note',
      says:
        `Consecutive requests, each sent before a received Retry-After time had passed: ${inRow.length}. ` +
        'The client may have queued them before that answer.',
    },
  ];
}

/** The Retry-After of an answer, in seconds. */
export function retryAfter(seen: ObservedRequest): number | undefined {
  const text = seen.answerHeader('retry-after') ?? '';
  return seen.received !== undefined && isRefusal(seen) && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Failures that can be temporary. */
export function isRefusal({ received }: ObservedRequest): boolean {
  return received !== undefined && (received.status === 429 || received.status >= 500);
}
