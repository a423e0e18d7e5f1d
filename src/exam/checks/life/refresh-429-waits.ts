import { defineCheck } from '../../check.js';
import { refreshFault } from '../../endpoint-faults.js';
import { NotSeen } from '../../judgement.js';
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
    await stage.expireAccessTokens();
    const before = await stage.lastId();
    await stage.fault(refreshFault({ kind: 'rate-limit', retryAfter }, 1));
    await stage.call(browser);
    await stage.rest();
    const { refreshes } = await stage.requests(before);
    const [first] = refreshes;
    if (first === undefined) throw new NotSeen('the client did not refresh');
    return judgeWait('refresh', first, repetitionOf(first, refreshes));
  },
});

/**
 * The next refresh with the same token, sent after the answer to the first. Calls of one use can also refresh at the
 * same time, each for itself: those are no repetition.
 */
function repetitionOf(first: SeenRequest, refreshes: readonly SeenRequest[]): SeenRequest | undefined {
  // NaN while there is no answer: then nothing was sent after it
  const answeredAt = first.realAt + Number(first.entry.durationMs);
  const token = first.parameter('refresh_token');
  return refreshes.find(
    (each) => each !== first && each.realAt >= answeredAt && each.parameter('refresh_token') === token,
  );
}
