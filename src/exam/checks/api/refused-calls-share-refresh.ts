import { defineCheck } from '../../check.js';
import { apiFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';

/** Number of calls at once. */
const callers = 10;

/** How late the API answers: all calls have arrived before the first is refused. */
const delay = '150ms';

/** Ten calls that are refused together need one new token. */
export const refusedCallsShareRefresh = defineCheck({
  id: 'refused-calls-share-refresh',
  group: 'api',
  title: 'Calls that are refused at the same time share one refresh',
  clause: 'RFC 6749 §6, RFC 9700 §4.14.2',
  severity: 'warning',
  stages: `The API answers ${callers} calls at once with 401, after all of them have arrived.`,
  looksAt: 'How many refreshes follow for one refused token.',
  advice: 'Let one call refresh while the others wait for its token, and do not refresh for a token that was replaced.',
  notFor: withoutRefresh,
  async examine(stage) {
    const browser = await stage.connected();
    const before = await stage.lastId();
    const body = { error: 'invalid_token' };
    await stage.fault(apiFault({ kind: 'status', status: 401, body, delay }, callers));
    await Promise.all(Array.from({ length: callers }, () => stage.call(browser)));
    await stage.rest();
    const { refreshes, calls } = await stage.requests(before);
    const refused = calls.filter(({ status }) => status === 401);
    const tokens = new Set(refused.map(({ accessToken }) => accessToken)).size;
    const following = refreshes.filter(({ id }) => refused.some((call) => call.id < id));
    if (following.length === 0) throw new NotSeen('the client answers a 401 by no refresh');
    return following.length <= tokens
      ? passed(`${calls.length} calls caused ${following.length} refreshes.`, following)
      : failed(`Number of refreshes: ${following.length}; number of refused access tokens: ${tokens}.`, following);
  },
});
