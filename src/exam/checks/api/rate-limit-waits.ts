import { defineCheck } from '../../check.js';
import { apiFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { usualCalls } from '../../usual-calls.js';

/** The wait that the API asks for, in seconds, and how much earlier a repetition still counts as waiting. */
const retryAfter = 1;
const toleranceMs = 150;

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
    // the first calls are those of one use, which are made at the same time
    const second = calls[usual];
    if (first === undefined) throw new NotSeen('the client made no call of the API');
    if (second === undefined) return passed('The client did not repeat the call.', calls);
    const waited = second.realAt - first.realAt;
    return waited >= retryAfter * 1000 - toleranceMs
      ? passed(`The client repeated the call after ${waited} ms.`, calls)
      : failed(`The client repeated the call after ${waited} ms.`, calls);
  },
});
