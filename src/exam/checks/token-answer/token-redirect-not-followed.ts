import { defineCheck } from '../../check.js';
import { exchangeFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { refuseUnreached } from '../unreached-host.js';

/** A redirect with status 307 repeats the body of the request: the secret, the code and the verifier. */
export const tokenRedirectNotFollowed = defineCheck({
  id: 'token-redirect-not-followed',
  group: 'token-answer',
  title: 'A redirect of the token endpoint is not followed with secrets',
  clause: 'RFC 9110 §15.4',
  severity: 'error',
  stages: 'The token endpoint redirects the exchange to another host with status 307.',
  looksAt: 'Whether the secret of the client or the code arrives there.',
  advice: 'Do not follow redirects of the token endpoint: its URL is configured.',
  async examine(stage) {
    const host = await stage.otherHost();
    const clients = await stage.world.clients.list({ provider: stage.provider.name });
    await stage.fault(exchangeFault({ kind: 'redirect', to: `${host.url}/token`, status: 307 }));
    await stage.connect(await stage.newBrowser());
    await stage.rest();
    const { exchanges } = await stage.requests();
    const code = exchanges[0]?.parameter('code');
    if (code === undefined) throw new NotSeen('the client exchanged no code');
    refuseUnreached(host, stage.provider);
    const hasSecret = clients.some(({ secret }) => secret !== '' && host.received(secret));
    if (hasSecret) return failed('The secret of the client arrived at another host.', exchanges);
    return host.received(code)
      ? failed('The code arrived at another host.', exchanges)
      : passed(`The other host got ${host.requests.length} requests, none with the secret or the code.`, exchanges);
  },
});
