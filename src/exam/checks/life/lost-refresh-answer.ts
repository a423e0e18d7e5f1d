import { defineCheck } from '../../check.js';
import { refreshFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { laterCall } from '../../later-call.js';
import { usualCalls } from '../../usual-calls.js';
import { withoutRefresh } from '../not-for.js';

/** For three uses with one call of the API each: one refresh and two repetitions by an HTTP library. */
const mostRefreshes = 9;

/** The refresh token rotated, and the client did not get the new one. */
export const lostRefreshAnswer = defineCheck({
  id: 'lost-refresh-answer',
  group: 'life',
  title: 'After a lost answer of a refresh, the client recovers or the person can connect again',
  clause: 'RFC 9700 §4.14.2',
  severity: 'error',
  stages: 'A refresh has its effect, but its answer is lost.',
  looksAt: 'Whether the client recovers, or the person can connect again.',
  advice: 'Repeat a refresh without an answer once. If that is refused, ask the person to connect.',
  notFor: withoutRefresh,
  async examine(stage) {
    const browser = await stage.connected();
    const most = mostRefreshes * (await usualCalls(stage, browser));
    await stage.expireAccessTokens();
    const before = await stage.lastId();
    await stage.fault(refreshFault({ kind: 'drop' }, 1));
    await stage.call(browser);
    const lost = await stage.lastId();
    await laterCall(stage, browser);
    const { refreshes } = await stage.requests(before);
    if (refreshes.length === 0) throw new NotSeen('the client did not refresh');
    if (refreshes.length > most) return failed(`${refreshes.length} refreshes followed.`, refreshes);
    const later = await stage.requests(lost);
    if (later.calls.some(({ status }) => status === 200)) return passed('The client recovered by itself.', refreshes);
    await stage.connect(browser);
    const again = await stage.call(browser);
    return again.ok
      ? passed('The client asked the person, and works again.', refreshes)
      : failed(`The client does not work any more, also after a new login: ${again.outcome}.`, refreshes);
  },
});
