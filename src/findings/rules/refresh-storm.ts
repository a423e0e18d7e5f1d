import { familyOf, groupBy, pairs } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { sentAfter } from '../timing.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/** Minimum number of consecutive refreshes. A test may do fewer on purpose. */
const fewest = 5;

export const refreshStorm = defineRule({
  id: 'refresh-storm',
  severity: 'warning',
  verdict: 'The client refreshed repeatedly although its access token had more than half of its lifetime left.',
  clause: 'RFC 6749 §1.5, §5.1',
  advice: 'Store the access token with its expiry time, and refresh shortly before that time or after a 401.',
  spares:
    `Reported for ${fewest} such refreshes one after the other. A note for fewer, each sent after the answer to the ` +
    'refresh before. A note also if the answers had no expires_in, or if a fault answered 401 for a valid token, so ' +
    'that refreshing could not help. Not reported if the last access token was refused for another reason, if half ' +
    'of its lifetime had passed, if another scope was requested, or if the client did not receive the answer.',
  judge: (evidence) =>
    [...groupBy(evidence.refreshes, tokensReplacedBy).values()].flatMap((sent) => proofsOf(sent, evidence)),
});

/** The tokens that replace one another. A second access token of the same family has its own refreshes. */
function tokensReplacedBy(refresh: ObservedRequest): string | undefined {
  const token = refresh.realm.refreshTokens.get(String(refresh.parameter('refresh_token')));
  return token && `${token.grant.id} ${token.isSecond === true ? 'second' : 'first'}`;
}

function proofsOf(sent: readonly ObservedRequest[], { calls }: Evidence): Proof[] {
  const family = familyOf(sent[0] as ObservedRequest);
  const failed = calls.filter((call) => call.failed);
  const refused = tokensOf(failed.filter((call) => !isFalseAlarm(call)));
  const denied = tokensOf(failed.filter(isFalseAlarm));
  const runs: Renewal[][] = [[]];
  for (const [before, seen] of pairs(sent)) {
    if (isNeedless(before, seen, refused)) runs.at(-1)?.push({ before, seen });
    else runs.push([]);
  }
  return runs.flatMap((run) => {
    if (run.length >= fewest) return [proofOf(family, run, denied)];
    const inRow = run.filter(({ before, seen }) => sentAfter(before, seen) && wasGranted(seen));
    return inRow.length === 0 ? [] : [noteOf(family, inRow)];
  });
}

/** A refresh, and the request whose tokens it replaces. */
interface Renewal {
  readonly before: ObservedRequest;
  readonly seen: ObservedRequest;
}

function proofOf(family: string | undefined, run: readonly Renewal[], denied: ReadonlySet<string>): Proof {
  const says = `${run.length} consecutive refreshes, each before half of the access token's lifetime had passed`;
  const by = run.map(({ seen }) => seen);
  const isAvoidable = run.every(
    ({ before }) =>
      before.receivedSeconds('expires_in') !== undefined && !denied.has(String(before.receivedText('access_token'))),
  );
  return isAvoidable
    ? { by, family, says: `${says}.` }
    : { by, family, severity: 'note', says: `${says}. The answers had no expires_in, or a fault answered 401.` };
}

/** A few needless refreshes. A test may send them on purpose. */
function noteOf(family: string | undefined, run: readonly Renewal[]): Proof {
  return {
    by: [...new Set(run.flatMap(({ before, seen }) => [before, seen]))],
    family,
    severity: 'note',
    says: `Refreshes that followed the answer to another refresh with no need for a new token: ${run.length}.`,
  };
}

const tokensOf = (calls: readonly ObservedRequest[]): Set<string> =>
  new Set(calls.map(({ accessToken }) => accessToken));

/** Whether a fault answered 401 to a call with a valid token. */
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
