import { groupBy, pairs } from '../evidence.js';
import { had, overlap } from '../timing.js';
import { isRefusal, retryAfter } from './retry-after-ignored.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { Seen } from '../observed-request.js';
import type { Severity } from '../severity.js';

/** One quick retry is good manners; so many are not. */
const fewest = 3;
/** So many of one and the same request nobody sends side by side. */
const most = 10;
const atOnceMs = 100;
/** What pauses may differ by without having been meant to grow. */
const jitterMs = 8;

export const noBackoff = defineRule({
  id: 'no-backoff',
  severity: 'warning',
  verdict: 'The client repeated a failing request again and again without a pause.',
  clause: 'RFC 9110 §15.6.4; RFC 6585 §4',
  advice: 'Wait longer after each failure, with some chance in it, and give up after a few.',
  spares: `Speaks of more than ${fewest} repetitions in a row, each less than ${atOnceMs} ms after a 429 or 5xx by either clock; a note up to ${most} where they may have been sent side by side and waited for one connection. Silent where the pauses grow, for requests that went out on connections of their own, and where a Retry-After says how long to wait.`,
  judge: ({ all }) => [...groupBy(all, sameRequest).values()].filter(({ length }) => length > fewest).flatMap(proofsOf),
});

function sameRequest({ provider, entry }: Seen): string | undefined {
  const { endpoint, method, url, body, headers } = entry;
  return ['token', 'resource', 'revoke', 'introspect'].includes(endpoint)
    ? JSON.stringify([provider.name, method, url, headers.authorization, body])
    : undefined;
}

function proofsOf(sent: readonly Seen[]): Proof[] {
  const runs: Seen[][] = [];
  for (const [first, second] of pairs(sent)) {
    if (!isAtOnce(first, second)) continue;
    const run = runs.at(-1);
    if (run?.at(-1) === first) run.push(second);
    else runs.push([first, second]);
  }
  return runs.filter((run) => run.length > fewest && !grows(run)).flatMap(proofOf);
}

function proofOf(run: readonly Seen[]): Proof[] {
  const severity = severityOf(run);
  if (severity === undefined) return [];
  const longest = Math.max(...pausesOf(run));
  return [
    {
      by: run,
      severity,
      says: `One ${String(run[0]?.entry.endpoint)} request was repeated ${run.length - 1} times, one after the other, with pauses of at most ${Math.round(longest)} ms.`,
    },
  ];
}

/** How certain it is that one loop sent them all: quiet before each tells of a loop, or of two; a connection that each had to wait for does not. */
function severityOf(run: readonly Seen[]): Severity | undefined {
  const quiet = pairs(run).filter(([first, second]) => second.quietMs > first.quietMs).length;
  const inRow = run.filter((seen, i) => run.slice(0, i).some((each) => had(each, seen))).length;
  if (quiet >= fewest * 2 || inRow >= most) return 'warning';
  return inRow >= fewest - 1 ? 'note' : undefined;
}

function isAtOnce(first: Seen, second: Seen): boolean {
  return (
    isRefusal(first) && retryAfter(first) === undefined && !overlap(first, second) && pause(first, second) < atOnceMs
  );
}

const pause = (first: Seen, second: Seen): number =>
  Math.max(second.start - first.end, second.entry.at - first.entry.at);
const pausesOf = (run: readonly Seen[]): number[] => pairs(run).map(([first, second]) => pause(first, second));
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Whether the later half of the pauses is longer by far than the earlier. */
function grows(run: readonly Seen[]): boolean {
  const pauses = pausesOf(run);
  const half = Math.floor(pauses.length / 2);
  const [earlier, later] = [mean(pauses.slice(0, half)), mean(pauses.slice(-half))];
  return later >= earlier * 1.5 + jitterMs;
}
