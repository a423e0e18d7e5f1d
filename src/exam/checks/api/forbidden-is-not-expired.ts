import { defineCheck } from '../../check.js';
import { apiFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';

/** A new token has the same scope, so a refresh cannot help. */
export const forbiddenIsNotExpired = defineCheck({
  id: 'forbidden-is-not-expired',
  group: 'api',
  title: 'A 403 is not read as an expired token',
  clause: 'RFC 6750 §3.1',
  severity: 'warning',
  stages: 'The API answers one use with 403 insufficient_scope.',
  looksAt: 'Whether a refresh follows, and whether the connection is kept.',
  advice: 'Tell the person that the access does not cover this. Neither refresh nor disconnect.',
  async examine(stage) {
    const browser = await stage.connected();
    const before = await stage.lastId();
    await stage.fault(apiFault({ kind: 'oauth-error', error: 'insufficient_scope' }));
    await stage.call(browser);
    await stage.clearFaults();
    const { refreshes, calls } = await stage.requests(before);
    if (calls.length === 0) throw new NotSeen('the client made no call of the API');
    const after = await stage.call(browser);
    if (!after.ok) return failed(`The connection was lost after a 403: ${after.outcome}.`, calls);
    const following = refreshes.filter(({ id }) => calls.some((call) => call.id < id));
    return following.length === 0
      ? passed('The client kept its token and its connection.', calls)
      : failed('The client refreshed after a 403, although a new token has the same scope.', following);
  },
});
