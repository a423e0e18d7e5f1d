import { defineCheck } from '../../check.js';
import { refreshFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { usualCalls } from '../../usual-calls.js';
import { withoutRefresh } from '../not-for.js';

/** The wait that the token endpoint asks for, in seconds, and how much earlier a repetition still counts as waiting. */
const retryAfter = 1;
const toleranceMs = 150;

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
    const { refreshes } = await stage.requests(before);
    const [first] = refreshes;
    // the first refreshes are for the calls of one use, which can be made at the same time
    const second = refreshes[usual];
    if (first === undefined) throw new NotSeen('the client did not refresh');
    if (second === undefined) return passed('The client did not repeat the refresh.', refreshes);
    const waited = second.realAt - first.realAt;
    return waited >= retryAfter * 1000 - toleranceMs
      ? passed(`The client repeated the refresh after ${waited} ms.`, refreshes)
      : failed(`The client repeated the refresh after ${waited} ms.`, refreshes);
  },
});
