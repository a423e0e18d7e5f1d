import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';

/** RFC 6749 leaves the size of a code open. */
export const longCodeExchanged = defineCheck({
  id: 'long-code-exchanged',
  group: 'callback',
  title: 'A very long code is exchanged whole',
  clause: 'RFC 6749 §4.1.2',
  severity: 'warning',
  stages: 'The callback has a code of 2,000 characters.',
  looksAt: 'Whether the token request has the whole code.',
  advice: 'Do not limit the length of a code.',
  async examine(stage) {
    const code = 'c0de'.repeat(500);
    const browser = await stage.newBrowser();
    await stage.connect(browser, {
      onCallback: (callback) => {
        callback.searchParams.set('code', code);
        return callback;
      },
    });
    await stage.rest();
    const { exchanges } = await stage.requests();
    if (exchanges.length === 0) return failed('The client did not exchange a code of 2,000 characters.');
    return exchanges.some((exchange) => exchange.parameter('code') === code)
      ? passed('The token request has the whole code.', exchanges)
      : failed('The token request has another code than the callback.', exchanges);
  },
});
