import { defineCheck } from '../../check.js';
import { passed, warned } from '../../judgement.js';
import { firstFlow } from '../../ordinary-run.js';

/** With several registered redirect URIs, a request without one is refused. */
export const redirectUriSent = defineCheck({
  id: 'redirect-uri-sent',
  group: 'request',
  title: 'The authorization request has a redirect_uri',
  clause: 'RFC 6749 §3.1.2.3, RFC 9700 §2.1',
  severity: 'warning',
  stages: 'An ordinary flow.',
  looksAt: 'Whether it has a redirect_uri.',
  advice: 'Send the redirect_uri exactly as it is registered.',
  notFor: ({ policy }) =>
    policy.redirectUriRequired === 'always' ? 'this provider refuses a request without it' : undefined,
  judge(run) {
    const { authorization } = firstFlow(run);
    return authorization.query('redirect_uri') === undefined
      ? warned('The authorization request has no redirect_uri. That works while only one is registered.', [
          authorization,
        ])
      : passed('The authorization request has a redirect_uri.', [authorization]);
  },
});
