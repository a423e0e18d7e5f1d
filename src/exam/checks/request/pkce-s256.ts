import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { firstFlow } from '../../ordinary-run.js';

/** The method plain shows the verifier to everybody who sees the request. */
export const pkceS256 = defineCheck({
  id: 'pkce-s256',
  group: 'request',
  title: 'The PKCE method is S256',
  clause: 'RFC 9700 §2.1.1, RFC 7636 §4.2',
  severity: 'error',
  stages: 'An ordinary flow.',
  looksAt: 'The code_challenge_method.',
  advice: 'Send code_challenge_method=S256, and the SHA-256 of the verifier in base64url.',
  judge(run) {
    const { authorization } = firstFlow(run);
    if (authorization.query('code_challenge') === undefined) throw new NotSeen('the client sends no code_challenge');
    const method = authorization.query('code_challenge_method');
    return method === 'S256'
      ? passed('The method is S256.', [authorization])
      : failed(`The method is ${method ?? 'left out, which means plain'}.`, [authorization]);
  },
});
