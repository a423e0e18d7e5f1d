import { familyOf, groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import type { Evidence } from '../evidence.js';
import type { Proof, Rule } from '../rule.js';
import type { Seen } from '../seen.js';

/** A test may refresh now and then for the sake of it; so many in a row are a habit. */
const fewest = 5;

export const refreshStorm: Rule = {
  id: 'refresh-storm',
  severity: 'warning',
  verdict: 'The client refreshed again and again although the access token that it had just got was good for long.',
  clause: 'RFC 6749 §1.5, §5.1',
  advice: 'Keep the access token with the time at which it expires, and refresh shortly before that or after a 401.',
  spares: `Speaks of ${fewest} such refreshes in a row; silent where the last access token was refused, where half of its life was over, where a scope was asked for, and where the answer did not reach the client or named no expires_in.`,
  judge: (evidence) => [...groupBy(evidence.refreshes, (seen) => familyOf(seen)).entries()].flatMap(([family, sent]) => proofsOf(family, sent, evidence)),
};

function proofsOf(family: string, sent: readonly Seen[], { calls }: Evidence): Proof[] {
  const refused = new Set(calls.filter(({ told }) => told === undefined || told.status >= 400).map(({ accessToken }) => accessToken));
  const runs: Seen[][] = [[]];
  for (const [i, seen] of sent.entries()) {
    const before = sent[i - 1];
    if (before !== undefined && isNeedless(before, seen, refused)) runs.at(-1)?.push(seen);
    else runs.push([]);
  }
  return runs.filter(({ length }) => length >= fewest).map((run) => ({ by: run, family, says: `${run.length} refreshes in a row came before half of the last access token's life was over.` }));
}

function isNeedless(before: Seen, seen: Seen, refused: ReadonlySet<string | undefined>): boolean {
  const seconds = before.saidSeconds('expires_in');
  if (!wasGranted(before) || seconds === undefined || refused.has(before.said('access_token')) || seen.get('scope') !== before.get('scope')) return false;
  return seen.entry.at - before.entry.at < (seconds * 1000) / 2;
}
