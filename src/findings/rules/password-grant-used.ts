import { severityByPolicy } from '../severity-by-policy.js';
import { defineRule } from '../rule.js';

export const passwordGrantUsed = defineRule({
  id: 'password-grant-used',
  severity: 'error',
  verdict: "The client used the password grant, so it handled the user's password.",
  clause: 'RFC 9700 §2.4',
  advice:
    "Send the user to the authorization endpoint and use the code. For the client's own data, use the client " +
    'credentials grant.',
  spares: "A note if the provider's own documentation offers the grant, a warning if the provider accepts it.",
  judge: ({ all }) =>
    all
      .filter((seen) => seen.entry.endpoint === 'token' && seen.parameter('grant_type') === 'password')
      .map((seen) => ({
        by: [seen],
        severity: severityByPolicy(seen.provider, seen.policy.grants.includes('password'), 'grants'),
        says: 'A token request has grant_type=password.',
      })),
});
