import { familyOf, groupBy, pairs } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/** A test may refresh a few times on purpose. So many in a row are not on purpose. */
const fewest = 5;

export const refreshStorm = defineRule({
  id: 'refresh-storm',
  severity: 'warning',
  verdict: 'The client refreshed again and again although its new access token was still valid for a long time.',
  clause: 'RFC 6749 §1.5, §5.1',
  advice: 'Store the access token with its expiry time, and refresh shortly before that time or after a 401.',
  spares:
    `Reported for ${fewest} such refreshes in a row. A note if the answers had no expires_in, or if a fault ` +
    'answered 401 for a valid token, so that refreshing could not help. Not reported if the last access token ' +
    'was refused for another reason, if half of its lifetime was over, if another scope was requested, or if ' +
    'the answer did not reach the client.',
  judge: (evidence) =>
    [...groupBy(evidence.refreshes, (seen) => familyOf(seen)).entries()].flatMap(([family, sent]) =>
      proofsOf(family, sent, evidence),
    ),
});

function proofsOf(family: string, sent: readonly ObservedRequest[], { calls }: Evidence): Proof[] {
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

/** A refresh, and the request whose tokens it replaces. */
interface Renewal {
  readonly before: ObservedRequest;
  readonly seen: ObservedRequest;
}

function proofOf(family: string, run: readonly Renewal[], denied: ReadonlySet<string>): Proof {
  const says = `${run.length} refreshes in a row came before half of the last access token's life was over`;
  const by = run.map(({ seen }) => seen);
  const couldTell = run.every(
    ({ before }) =>
      before.receivedSeconds('expires_in') !== undefined && !denied.has(String(before.receivedText('access_token'))),
  );
  return couldTell
    ? { by, family, says: `${says}.` }
    : { by, family, severity: 'note', says: `${says}, which the answers did not tell, or a 401 denied.` };
}

const tokensOf = (calls: readonly ObservedRequest[]): Set<string> =>
  new Set(calls.map(({ accessToken }) => accessToken));

/** Whether a fault refused a call with a valid token. */
const isFalseAlarm = ({ received, entry }: ObservedRequest): boolean =>
  received?.status === 401 && entry.fault !== undefined && entry.reason === undefined;

function isNeedless(before: ObservedRequest, seen: ObservedRequest, refused: ReadonlySet<string>): boolean {
  if (
    !wasGranted(before) ||
    refused.has(String(before.receivedText('access_token'))) ||
    seen.parameter('scope') !== before.parameter('scope')
  ) {
    return false;
  }
  return seen.entry.at - before.entry.at < lifeMs(before) / 2;
}

/** The lifetime of the access token in an answer: by expires_in, or by the realm if the answer has none. */
function lifeMs(answer: ObservedRequest): number {
  const { issuedAt = 0, expiresAt = 0 } =
    answer.realm.accessTokens.get(String(answer.receivedText('access_token'))) ?? {};
  const seconds = answer.receivedSeconds('expires_in');
  return seconds === undefined ? expiresAt - issuedAt : seconds * 1000;
}
