import { defineCheck } from '../../check.js';
import { failed, passed, warned } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';
import { usualCalls } from '../../usual-calls.js';
import { isEmptyToken } from '../../empty-token.js';
import { answerExchange } from './odd-answer.js';

/** For one call of the API: two calls, and some repetitions by an HTTP library. */
const mostRequests = 6;

/** Providers leave out the refresh token: at a second consent, by policy of a company, by mistake. */
export const noRefreshToken = defineCheck({
  id: 'no-refresh-token',
  group: 'token-answer',
  title: 'Without a refresh token, the client uses the access token until it expires, then asks the person to connect',
  clause: 'RFC 6749 §5.1, §1.5',
  severity: 'error',
  stages: 'The answer to the exchange has no refresh_token. Later the access token expires.',
  looksAt: 'The calls before and after, the token requests, and whether connecting again works.',
  advice: 'Without a refresh token, use the access token until the API refuses it, then begin a new flow.',
  notFor: withoutRefresh,
  async examine(stage) {
    const { browser, call, exchanges } = await answerExchange(stage, { kind: 'patch', remove: ['refresh_token'] });
    if (!call.ok) return warned(`Without a refresh token, the client is not connected: ${call.outcome}.`, exchanges);
    const most = mostRequests * (await usualCalls(stage, browser));
    await stage.expireAccessTokens();
    const before = await stage.lastId();
    await stage.call(browser);
    await stage.rest();
    const { refreshes, all } = await stage.requests(before);
    if (refreshes.some((request) => isEmptyToken(String(request.parameter('refresh_token'))))) {
      return failed('The client sent a refresh without a refresh token.', refreshes);
    }
    if (all.length > most) return failed(`One call caused ${all.length} requests.`, all);
    await stage.connect(browser);
    const again = await stage.call(browser);
    return again.ok
      ? passed('The client used the access token until it expired. After connecting anew, it worked again.', all)
      : failed(`After the access token expired, connecting anew did not help: ${again.outcome}.`, all);
  },
});
