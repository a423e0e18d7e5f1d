import { groupBy, pairs } from '../evidence.js';
import { knewAnswer, openedAfter, sentAfter } from '../timing.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/** A client may repeat a request, but fewer times than this. */
const fewest = 3;
/** A client does not queue this many identical requests. */
const most = 10;

/** Reasons that other rules report: uses of an expired, revoked or used token or code. */
const reportedElsewhere =
  /^(?:bearer\.(?:expired|removed|revoked|unknown)|code\.replayed|refresh\.(?!missing)|resource\.too-many-calls)/;

export const refusedRequestRepeated = defineRule({
  id: 'refused-request-repeated',
  severity: 'warning',
  verdict: 'The client repeated a request that the provider had refused, without a change.',
  clause: 'RFC 6749 §5.2; RFC 6750 §3.1',
  advice: 'Do not repeat a request after a 4xx answer other than 429: show the error, and correct the request.',
  spares:
    `Reported for at least ${fewest} consecutive repetitions, each sent after the refusal before it. A note for ` +
    `fewer than ${most}. Requests with wrong client credentials count as one request, whatever their other ` +
    'parameters are. Not reported for a refused access token, refresh token or code, which have rules of their own, ' +
    'and for refusals by a fault.',
  judge: ({ all }) => [...groupBy(all, sameRefused).values()].flatMap(proofsOf),
});

/** A key for a refused request. Undefined if the request was not refused. */
function sameRefused(seen: ObservedRequest): string | undefined {
  const { provider, entry, received } = seen;
  const { endpoint, method, url, body, headers, reason, fault } = entry;
  if (!['token', 'resource', 'userinfo', 'revoke', 'introspect'].includes(endpoint)) return undefined;
  const status = Number(received?.status);
  const isRefused = status >= 400 && status < 500 && status !== 429 && fault === undefined;
  if (!isRefused || reason === undefined || reportedElsewhere.test(reason)) return undefined;
  const what = reason.startsWith('client.')
    ? [seen.parameter('client_id'), seen.parameter('client_secret')]
    : [method, url, body];
  return JSON.stringify([provider.name, endpoint, reason, headers.authorization, ...what]);
}

function proofsOf(sent: readonly ObservedRequest[]): Proof[] {
  const runs: ObservedRequest[][] = [];
  for (const [first, second] of pairs(sent)) {
    if (!knewAnswer(first, second) && !sentAfter(first, second) && !openedAfter(first, second)) continue;
    const run = runs.at(-1);
    if (run?.at(-1) === first) run.push(second);
    else runs.push([first, second]);
  }
  return runs.filter((run) => run.length > fewest).map(proofOf);
}

function proofOf(run: readonly ObservedRequest[]): Proof {
  const [{ entry }] = run as [ObservedRequest];
  return {
    by: run,
    severity: run.length > most ? 'warning' : 'note',
    says:
      `One ${entry.endpoint} request was repeated ${run.length - 1} times after its refusal ` +
      `(${String(entry.reason)}).`,
  };
}
