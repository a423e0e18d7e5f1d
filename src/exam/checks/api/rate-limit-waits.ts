import { defineCheck } from '../../check.js';
import { apiFault } from '../../endpoint-faults.js';
import { NotSeen } from '../../judgement.js';
import { usualCalls } from '../../usual-calls.js';
import { judgeWait, retryAfter } from '../judge-wait.js';

/** A client that repeats at once makes an overload worse. */
export const rateLimitWaits = defineCheck({
  id: 'rate-limit-waits',
  group: 'api',
  title: 'A call that is told to wait is not repeated sooner',
  clause: 'RFC 6585 §4, RFC 9110 §10.2.3',
  severity: 'warning',
  stages: `The API answers one call with 429 and Retry-After: ${retryAfter}.`,
  looksAt: 'How long the client waits before it calls again, if it does.',
  advice: 'Repeat a call after the time of Retry-After, or report the error and let the person repeat it.',
  async examine(stage) {
    const browser = await stage.connected();
    const usual = await usualCalls(stage, browser);
    const before = await stage.lastId();
    await stage.fault(apiFault({ kind: 'rate-limit', retryAfter }, 1));
    await stage.call(browser);
    await stage.rest();
    const { calls } = await stage.requests(before);
    const [first] = calls;
    if (first === undefined) throw new NotSeen('the client made no call of the API');
    // the first calls are those of one use, which are made at the same time
    return judgeWait('call', first, calls[usual]);
  },
});
