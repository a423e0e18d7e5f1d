import { defineRule } from '../rule.js';

export const pkcePlain = defineRule({
  id: 'pkce-plain',
  severity: 'warning',
  verdict: 'PKCE was used with the method plain. The code_challenge is then the code_verifier itself.',
  clause: 'RFC 7636 §4.2; RFC 9700 §2.1.1',
  advice:
    'Send the SHA-256 hash of the code_verifier with code_challenge_method=S256. Without the parameter the ' +
    'method is plain.',
  spares: 'Not reported if the provider ignores PKCE or does not support S256.',
  judge: ({ flows }) =>
    flows.flatMap(({ request, hasPkce }) => {
      const method = request.parameter('code_challenge_method');
      if (!hasPkce || (method ?? 'plain') !== 'plain' || !request.policy.pkceMethods.includes('S256')) return [];
      return [
        {
          by: [request],
          says:
            method === undefined
              ? 'The request has no code_challenge_method, so the method is plain (RFC 7636 §4.3).'
              : 'code_challenge_method is plain.',
        },
      ];
    }),
});
