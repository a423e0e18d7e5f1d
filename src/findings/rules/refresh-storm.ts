import { familyOf, groupBy, pairs } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { Seen } from '../observed-request.js';

/** A test may refresh now and then for the sake of it; so many in a row are a habit. */
const fewest = 5;

export const refreshStorm = defineRule({
  id: 'refresh-storm',
  severity: 'warning',
  verdict: 'The client refreshed again and again although the access token that it had just got was good for long.',
  clause: 'RFC 6749 §1.5, §5.1',
  advice: 'Keep the access token with the time at which it expires, and refresh shortly before that or after a 401.',
  spares: `Speaks of ${fewest} such refreshes in a row; a note where the answers named no expires_in, or where a fault answered 401 for a token that was good, so that refreshing could not help. Silent where the last access token was refused otherwise, where half of its life was over, where a scope was asked for, and where the answer did not reach the client.`,
  judge: (evidence) =>
    [...groupBy(evidence.refreshes, (seen) => familyOf(seen)).entries()].flatMap(([family, sent]) =>
      proofsOf(family, sent, evidence),
    ),
});

function proofsOf(family: string, sent: readonly Seen[], { calls }: Evidence): Proof[] {
  const failed = calls.filter((call) => call.failed);
  const refused = tokensOf(failed.filter((call) => !isFalseAlarm(call)));
  const denied = tokensOf(failed.filter(isFalseAlarm));
  const runs: Renewal[][] = [[]];
  for (const [before, seen] of pairs(sent)) {
    if (isNeedless(before, seen, refused)) runs.at(-1)?.push({ before, seen });
    else runs.push([]);
  }
  return runs.filter(({ length }) => length >= fewest).map((run) => proofOf(family, run, denied));
}

/** A refresh, and the one whose tokens it replaces. */
interface Renewal {
  readonly before: Seen;
  readonly seen: Seen;
}

function proofOf(family: string, run: readonly Renewal[], denied: ReadonlySet<string>): Proof {
  const says = `${run.length} refreshes in a row came before half of the last access token's life was over`;
  const by = run.map(({ seen }) => seen);
  const couldTell = run.every(
    ({ before }) => before.saidSeconds('expires_in') !== undefined && !denied.has(String(before.said('access_token'))),
  );
  return couldTell
    ? { by, family, says: `${says}.` }
    : { by, family, severity: 'note', says: `${says}, which the answers did not tell, or a 401 denied.` };
}

const tokensOf = (calls: readonly Seen[]): Set<string> => new Set(calls.map(({ accessToken }) => accessToken));

/** Whether a fault refused a call whose token was good. */
const isFalseAlarm = ({ told, entry }: Seen): boolean =>
  told?.status === 401 && entry.fault !== undefined && entry.reason === undefined;

function isNeedless(before: Seen, seen: Seen, refused: ReadonlySet<string>): boolean {
  if (
    !wasGranted(before) ||
    refused.has(String(before.said('access_token'))) ||
    seen.get('scope') !== before.get('scope')
  ) {
    return false;
  }
  return seen.entry.at - before.entry.at < lifeMs(before) / 2;
}

/** How long the access token of an answer lives, as it said; where it did not say, as the realm has it. */
function lifeMs(answer: Seen): number {
  const { issuedAt = 0, expiresAt = 0 } = answer.realm.accessTokens.get(String(answer.said('access_token'))) ?? {};
  const seconds = answer.saidSeconds('expires_in');
  return seconds === undefined ? expiresAt - issuedAt : seconds * 1000;
}
