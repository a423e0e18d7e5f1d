import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';

/** Each refresh can fail, and end the connection. */
export const noNeedlessRefresh = defineCheck({
  id: 'no-needless-refresh',
  group: 'life',
  title: 'A token with time left is not refreshed',
  clause: 'RFC 6749 §6',
  severity: 'warning',
  stages: 'The client calls the API three times with a fresh token.',
  looksAt: 'Whether it refreshes.',
  advice: 'Refresh when the token is about to expire, or after a 401.',
  notFor: withoutRefresh,
  async examine(stage) {
    const browser = await stage.connected();
    const before = await stage.lastId();
    for (let times = 0; times < 3; times += 1) await stage.call(browser);
    const { refreshes, calls } = await stage.requests(before);
    if (calls.every(({ status }) => status !== 200)) throw new NotSeen('no call of the API succeeded');
    return refreshes.length === 0
      ? passed(`${calls.length} calls caused no refresh.`, calls)
      : failed(`${calls.length} calls caused ${refreshes.length} refreshes of a token with time left.`, refreshes);
  },
});
