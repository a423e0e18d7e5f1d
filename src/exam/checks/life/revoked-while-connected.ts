import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { usualCalls } from '../../usual-calls.js';

/** For one call of the API: two calls and two refreshes, and some repetitions by an HTTP library. */
const mostRequests = 6;

/** People revoke access in their account at the provider. */
export const revokedWhileConnected = defineCheck({
  id: 'revoked-while-connected',
  group: 'life',
  title: 'Revoked access ends the call without a loop',
  clause: 'RFC 7009 §1, RFC 6750 §3.1',
  severity: 'error',
  stages: 'All tokens are revoked at the provider. Then the client is used.',
  looksAt: 'How many requests follow, and whether the call ends.',
  advice: 'Treat a refused refresh as the end of the connection, and ask the person to connect.',
  async examine(stage) {
    const browser = await stage.connected();
    const most = mostRequests * (await usualCalls(stage, browser));
    await stage.world.tokens.revoke({ provider: stage.provider.name });
    const before = await stage.lastId();
    const call = await stage.call(browser);
    await stage.rest();
    const { calls, refreshes } = await stage.requests(before);
    const requests = [...calls, ...refreshes];
    if (call.ok) throw new NotSeen('the call succeeded although all tokens were revoked');
    if (requests.length > most) return failed(`One call caused ${requests.length} requests.`, requests);
    return passed(`The call ended after ${requests.length} requests: ${call.outcome}.`, requests);
  },
});
