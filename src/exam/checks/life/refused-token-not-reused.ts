import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';
import { refusedRefresh } from './refused-refresh.js';

/** Repeated requests with a refused token look like an attack. */
export const refusedTokenNotReused = defineCheck({
  id: 'refused-token-not-reused',
  group: 'life',
  title: 'A refused refresh token is not sent again',
  clause: 'RFC 6749 §5.2',
  severity: 'warning',
  stages: 'The token endpoint refuses a refresh with invalid_grant. Then the client is used twice more.',
  looksAt: 'Whether it sends the refused token again.',
  advice: 'Forget a refresh token that was refused with invalid_grant.',
  notFor: withoutRefresh,
  async examine(stage) {
    const { browser, refreshes: first } = await refusedRefresh(stage);
    const before = await stage.lastId();
    await stage.call(browser);
    await stage.call(browser);
    await stage.rest();
    const refused = new Set(first.map((refresh) => refresh.parameter('refresh_token')));
    const { refreshes } = await stage.requests(before);
    const again = refreshes.filter((refresh) => refused.has(refresh.parameter('refresh_token')));
    return again.length === 0
      ? passed('The refused token was not sent again.', first)
      : failed(`The refused token was sent ${again.length} times more.`, [...first, ...again]);
  },
});
