import { defineCheck } from '../../check.js';
import { exchangeLifetime, oneSecondIsOverMs } from '../../endpoint-faults.js';
import { NotSeen, passed, warned } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';

/** A call that is certain to be refused costs time, and at some APIs a lockout. */
export const refreshBeforeExpiry = defineCheck({
  id: 'refresh-before-expiry',
  group: 'life',
  title: 'A token that has expired by its expires_in is refreshed before the call',
  clause: 'RFC 6749 §5.1',
  severity: 'note',
  stages: 'The token expires after one second, as its expires_in says.',
  looksAt: 'Whether the client refreshes before it calls again.',
  advice: 'Keep the time of expiry with the token, and refresh a little earlier.',
  notFor: withoutRefresh,
  async examine(stage) {
    await stage.fault(exchangeLifetime(1));
    const browser = await stage.connected();
    const [exchange] = (await stage.requests()).exchanges;
    await stage.pause(oneSecondIsOverMs);
    await stage.expireAccessTokens();
    const before = await stage.lastId();
    await stage.call(browser);
    const late = (await stage.requests(before)).calls.filter(
      ({ accessToken }) => accessToken === exchange?.answer('access_token'),
    );
    const { refreshes } = await stage.requests();
    if (refreshes.length === 0) throw new NotSeen('the client did not refresh');
    return late.length === 0
      ? passed('The client refreshed before it called.', refreshes)
      : warned('The client sent a token that had expired by its expires_in.', late);
  },
});
