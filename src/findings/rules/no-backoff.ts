import { groupBy, pairs } from '../evidence.js';
import { knew } from '../order.js';
import { isRefusal, retryAfter } from './retry-after-ignored.js';
import type { Proof, Rule } from '../rule.js';
import type { Seen } from '../seen.js';

/** One quick retry is good manners; so many are not. */
const fewest = 3;
const atOnceMs = 100;
/** What a pause may differ by without having been meant to grow. */
const jitterMs = 40;

export const noBackoff: Rule = {
  id: 'no-backoff',
  severity: 'warning',
  verdict: 'The client repeated a failing request again and again without a pause.',
  clause: 'RFC 9110 §15.6.4; RFC 6585 §4',
  advice: 'Wait longer after each failure, with some chance in it, and give up after a few.',
  spares: `Speaks of ${fewest} repetitions, each less than ${atOnceMs} ms after a 429 or 5xx by either clock; silent where the pauses grow, for requests that were sent side by side, and where a Retry-After says how long to wait.`,
  judge: ({ all }) => [...groupBy(all, sameRequest).values()].filter(({ length }) => length > fewest).flatMap(proofsOf),
};

function sameRequest({ provider, entry }: Seen): string | undefined {
  const { endpoint, method, url, body, headers } = entry;
  return ['token', 'resource', 'revoke', 'introspect'].includes(endpoint) ? JSON.stringify([provider.name, method, url, headers.authorization, body]) : undefined;
}

function proofsOf(sent: readonly Seen[]): Proof[] {
  const runs: Seen[][] = [];
  for (const [first, second] of pairs(sent)) {
    if (!isAtOnce(first, second)) continue;
    const run = runs.at(-1);
    if (run?.at(-1) === first) run.push(second);
    else runs.push([first, second]);
  }
  return runs.filter((run) => run.length > fewest && !grows(run)).map((run) => ({ by: run, says: `One ${String(run[0]?.entry.endpoint)} request was repeated ${run.length - 1} times at once.` }));
}

function isAtOnce(first: Seen, second: Seen): boolean {
  return isRefusal(first) && retryAfter(first) === undefined && knew(first, second) && pause(first, second) < atOnceMs;
}

const pause = (first: Seen, second: Seen): number => Math.max(second.start - first.end, second.entry.at - first.entry.at);

function grows(run: readonly Seen[]): boolean {
  const pauses = pairs(run).map(([first, second]) => pause(first, second));
  return Number(pauses.at(-1)) >= Number(pauses[0]) * 2 + jitterMs;
}
