import { describeLength } from '../../core/length.js';
import { groupBy, pairs } from '../evidence.js';
import { openedAfter, overlaps, sentAfter } from '../timing.js';
import { isRefusal, retryAfter } from './retry-after-ignored.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';
import type { Severity } from '../severity.js';

/** A client may repeat a request quickly, but fewer times than this. */
const fewest = 3;
/** A client does not send this many identical requests in parallel. */
const most = 10;
const atOnceMs = 100;
/** Random variation of pauses, in milliseconds. */
const jitterMs = 8;

export const noBackoff = defineRule({
  id: 'no-backoff',
  severity: 'warning',
  verdict: 'The client repeated a failing request many times without a pause.',
  clause: 'RFC 9110 §15.6.4; RFC 6585 §4',
  advice: 'Wait longer after each failure, with a random part, and stop after a few attempts.',
  spares:
    `Reported for more than ${fewest} consecutive repetitions, each less than ${atOnceMs} ms after a 429 or ` +
    `5xx in real and in virtual time. A note for up to ${most} repetitions, which the client may ` +
    'have queued together. Not reported if the pauses grow, if the answers have Retry-After, or if the requests may ' +
    'have been sent in parallel: on connections that were opened before the answers.',
  judge: ({ all }) => [...groupBy(all, sameRequest).values()].filter(({ length }) => length > fewest).flatMap(proofsOf),
});

function sameRequest({ provider, entry }: ObservedRequest): string | undefined {
  const { endpoint, method, url, body, headers } = entry;
  return ['token', 'resource', 'userinfo', 'revoke', 'introspect'].includes(endpoint)
    ? JSON.stringify([provider.name, method, url, headers.authorization, body])
    : undefined;
}

function proofsOf(sent: readonly ObservedRequest[]): Proof[] {
  const runs: ObservedRequest[][] = [];
  for (const [first, second] of pairs(sent)) {
    if (!isAtOnce(first, second)) continue;
    const run = runs.at(-1);
    if (run?.at(-1) === first) run.push(second);
    else runs.push([first, second]);
  }
  return runs.filter((run) => run.length > fewest && !grows(run)).flatMap(proofOf);
}

function proofOf(run: readonly ObservedRequest[]): Proof[] {
  const severity = severityOf(run);
  if (severity === undefined) return [];
  const longest = Math.max(...pausesOf(run));
  return [
    {
      by: run,
      severity,
      says:
        `One ${String(run[0]?.entry.endpoint)} request was repeated ${run.length - 1} times, one after the ` +
        `other, with pauses of at most ${describeLength(longest)}.`,
    },
  ];
}

/**
 * How certain it is that one loop sent all requests. A quiet time before each is evidence of a loop; waiting for one
 * connection is not.
 */
function severityOf(run: readonly ObservedRequest[]): Severity | undefined {
  const quiet = pairs(run).filter(([first, second]) => second.quietMs > first.quietMs).length;
  const isChain = pairs(run).every(([first, second]) => sentAfter(first, second) || openedAfter(first, second));
  const inRow = isChain
    ? run.length - 1
    : run.filter((seen, i) => run.slice(0, i).some((each) => sentAfter(each, seen))).length;
  if (quiet >= fewest * 2 || inRow >= most) return 'warning';
  return inRow >= fewest - 1 ? 'note' : undefined;
}

function isAtOnce(first: ObservedRequest, second: ObservedRequest): boolean {
  return (
    isRefusal(first) && retryAfter(first) === undefined && !overlaps(first, second) && pause(first, second) < atOnceMs
  );
}

const pause = (first: ObservedRequest, second: ObservedRequest): number =>
  Math.max(second.start - first.end, second.entry.at - first.entry.at);
const pausesOf = (run: readonly ObservedRequest[]): number[] =>
  pairs(run).map(([first, second]) => pause(first, second));
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Whether the later half of the pauses is clearly longer than the earlier half. */
function grows(run: readonly ObservedRequest[]): boolean {
  const pauses = pausesOf(run);
  const half = Math.floor(pauses.length / 2);
  const [earlier, later] = [mean(pauses.slice(0, half)), mean(pauses.slice(-half))];
  return later >= earlier * 1.5 + jitterMs;
}
