import { defineCheck } from '../../check.js';
import { apiFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { refuseUnreached } from '../unreached-host.js';

/** A client that follows the redirect with the token gives it to another host. */
export const tokenNotToOtherHost = defineCheck({
  id: 'token-not-to-other-host',
  group: 'api',
  title: 'The access token does not follow a redirect to another host',
  clause: 'RFC 9700 §4.9.2, RFC 9110 §15.4',
  severity: 'error',
  stages: 'The API redirects one call to another host.',
  looksAt: 'Whether the token arrives there.',
  advice: 'Do not follow redirects of an API, or drop the header Authorization when the host changes.',
  async examine(stage) {
    const browser = await stage.connected();
    const host = await stage.otherHost();
    const before = await stage.lastId();
    await stage.fault(apiFault({ kind: 'redirect', to: `${host.url}/elsewhere`, status: 307 }, 1));
    await stage.call(browser);
    const { calls } = await stage.requests(before);
    const token = calls[0]?.accessToken;
    if (token === undefined) throw new NotSeen('the client made no call with a token');
    refuseUnreached(host, stage.provider);
    return host.received(token)
      ? failed('The token arrived at another host, after a redirect of the API.', calls)
      : passed(`The other host got ${host.requests.length} requests, none with the token.`, calls);
  },
});
