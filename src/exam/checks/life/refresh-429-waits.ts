import { defineCheck } from '../../check.js';
import { refreshFault } from '../../endpoint-faults.js';
import { NotSeen } from '../../judgement.js';
import { usualCalls } from '../../usual-calls.js';
import { judgeWait, retryAfter } from '../judge-wait.js';
import { withoutRefresh } from '../not-for.js';
import type { SeenRequest } from '../../seen-request.js';

/** A client that repeats at once makes an overload worse. */
export const refresh429Waits = defineCheck({
  id: 'refresh-429-waits',
  group: 'life',
  title: 'A refresh that is told to wait is not repeated sooner',
  clause: 'RFC 6585 §4, RFC 9110 §10.2.3',
  severity: 'warning',
  stages: `The token endpoint answers a refresh with 429 and Retry-After: ${retryAfter}.`,
  looksAt: 'How long the client waits before it refreshes again in the same call, if it does.',
  advice: 'Wait for the time of Retry-After, or report the error.',
  notFor: withoutRefresh,
  async examine(stage) {
    const browser = await stage.connected();
    const usual = await usualCalls(stage, browser);
    await stage.expireAccessTokens();
    const before = await stage.lastId();
    await stage.fault(refreshFault({ kind: 'rate-limit', retryAfter }, 1));
    await stage.call(browser);
    await stage.rest();
    const { refreshes, calls } = await stage.requests(before);
    const [first] = refreshes;
    if (first === undefined) throw new NotSeen('the client did not refresh');
    const refused = calls.slice(0, usual).filter(({ status }) => status === 401);
    return judgeWait('refresh', first, repetitionOf(first, refreshes, refused));
  },
});

/**
 * The next refresh with the same token, sent after the answer to the first. The calls of one use can also refresh each
 * for itself: a refresh that belongs to a call of the use which was refused later than the first refresh was answered
 * is no repetition.
 *
 * @param refused the calls that the use makes without a repetition, as far as they were refused
 */
function repetitionOf(
  first: SeenRequest,
  refreshes: readonly SeenRequest[],
  refused: readonly SeenRequest[],
): SeenRequest | undefined {
  const answeredAt = endOf(first);
  const token = first.parameter('refresh_token');
  const later = refreshes.filter(
    (each) => each !== first && each.realAt >= answeredAt && each.parameter('refresh_token') === token,
  );
  // the time of a request is in whole milliseconds, so each end is up to one later than it seems
  const refusedLater = refused.filter((call) => endOf(call) + 1 > answeredAt);
  return later.find((refresh, index) => {
    // a client may refresh in the same millisecond
    const calls = refusedLater.filter((call) => Math.floor(endOf(call)) <= refresh.realAt);
    return calls.length <= index;
  });
}

/** When a request was answered. NaN while it is not: then nothing was sent after it. */
const endOf = ({ realAt, entry }: SeenRequest): number => realAt + Number(entry.durationMs);
