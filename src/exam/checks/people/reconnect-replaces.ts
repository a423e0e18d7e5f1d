import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { whoseCall } from './whose-call.js';

/** People connect again because something is wrong with the old connection. */
export const reconnectReplaces = defineCheck({
  id: 'reconnect-replaces',
  group: 'people',
  title: 'Connecting again replaces the tokens',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  stages: 'Ada connects twice in the same browser, then uses the API.',
  looksAt: 'Whether the call uses the token of the second flow.',
  advice: 'Replace both tokens of a connection when the person connects again.',
  notFor: ({ policy }) => (policy.accessTokenReused ? 'this provider gives the same access token again' : undefined),
  async examine(stage) {
    const browser = await stage.connected();
    await stage.connect(browser);
    const { succeededExchanges } = await stage.requests();
    const tokens = succeededExchanges.map((request) => request.answer('access_token'));
    if (new Set(tokens).size < 2) throw new NotSeen('the second flow gave no other token than the first');
    const { request } = await whoseCall(stage, browser);
    return request.accessToken === tokens.at(-1)
      ? passed('The call used the token of the second flow.', [request])
      : failed('The call used the token of the first flow.', [request]);
  },
});
