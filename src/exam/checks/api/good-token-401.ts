import { defineCheck } from '../../check.js';
import { apiFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { usualCalls } from '../../usual-calls.js';

/** For one call of the API: one repeat by the client itself, and one by an HTTP library. */
const mostRefreshes = 2;
const mostCalls = 4;

/** New tokens do not help if the API refuses valid ones. */
export const goodToken401 = defineCheck({
  id: 'good-token-401',
  group: 'api',
  title: 'After a 401 for a valid token, the client stops calling',
  clause: 'RFC 6750 §3.1',
  severity: 'error',
  stages: 'The API answers every call with 401, also those with a fresh token.',
  looksAt: 'How many refreshes and calls one use of the API causes.',
  advice: 'After a 401, refresh and repeat the call once. If that is refused too, report the error.',
  async examine(stage) {
    const browser = await stage.connected();
    const usual = await usualCalls(stage, browser);
    const before = await stage.lastId();
    await stage.fault(apiFault({ kind: 'oauth-error', error: 'invalid_token' }));
    await stage.call(browser);
    await stage.rest();
    const { refreshes, calls } = await stage.requests(before);
    if (calls.length === 0) throw new NotSeen('the client made no call of the API');
    const seen = `${calls.length} calls of the API and ${refreshes.length} refreshes`;
    return refreshes.length <= mostRefreshes * usual && calls.length <= mostCalls * usual
      ? passed(`The client gave up after ${seen}.`, calls)
      : failed(`One use of the API caused ${seen}.`, [...refreshes, ...calls]);
  },
});
