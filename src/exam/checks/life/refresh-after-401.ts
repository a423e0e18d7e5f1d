import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';

/** Many access tokens expire after an hour. */
export const refreshAfter401 = defineCheck({
  id: 'refresh-after-401',
  group: 'life',
  title: 'A call with an expired access token succeeds after a refresh',
  clause: 'RFC 6749 §1.5',
  severity: 'error',
  stages: 'The access token expires before the client expects it.',
  looksAt: 'Whether the next call succeeds with a refreshed token.',
  advice: 'Answer a 401 with one refresh, keep the new tokens, and repeat the call once.',
  notFor: withoutRefresh,
  async examine(stage) {
    const browser = await stage.connected();
    await stage.expireAccessTokens();
    const before = await stage.lastId();
    const call = await stage.call(browser);
    await stage.rest();
    const { refreshes, calls } = await stage.requests(before);
    if (call.ok && refreshes.length === 0) throw new NotSeen('the call succeeded without a refresh');
    if (call.ok) return passed('The client refreshed and repeated the call.', refreshes);
    const evidence = [...calls, ...refreshes];
    const later = await stage.lastId();
    const next = await stage.call(browser);
    if (refreshes.length > 0 && next.ok) {
      return warned(`The client refreshed, but not for this call: ${call.outcome}. The next one succeeded.`, evidence);
    }
    // clients ask the person to connect by a redirect, a page, a JSON error, an exception: then the token is forgotten
    const expired = new Set(calls.map(({ accessToken }) => accessToken));
    const isSentAgain = (await stage.requests(later)).calls.some(({ accessToken }) => expired.has(accessToken));
    return call.asksPerson || (refreshes.length === 0 && !isSentAgain)
      ? warned(`The client did not refresh, although it has a refresh token: ${call.outcome}.`, evidence)
      : failed(`The call did not succeed: ${call.outcome}.`, evidence);
  },
});
