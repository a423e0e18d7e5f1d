import { defineCheck } from '../../check.js';
import { failed, passed, warned } from '../../judgement.js';
import { firstFlow } from '../../ordinary-run.js';

/** Without PKCE, a stolen code is enough. */
export const pkceSent = defineCheck({
  id: 'pkce-sent',
  group: 'request',
  title: 'The authorization request has a PKCE challenge',
  clause: 'RFC 9700 §2.1.1, RFC 7636 §4.3',
  severity: 'warning',
  stages: 'An ordinary flow.',
  looksAt: 'Whether it has a code_challenge.',
  advice: 'Send a code_challenge with the method S256, also to providers that ignore it.',
  judge(run) {
    const { authorization } = firstFlow(run);
    if (authorization.query('code_challenge') !== undefined) return passed('There is a challenge.', [authorization]);
    return run.provider.policy.pkce === 'ignored'
      ? warned('There is no code_challenge. This provider ignores it, but other providers ask for it.', [authorization])
      : failed('There is no code_challenge.', [authorization]);
  },
});
