import { severityByPolicy } from '../severity-by-policy.js';
import { defineRule } from '../rule.js';

export const passwordGrantUsed = defineRule({
  id: 'password-grant-used',
  severity: 'error',
  verdict: "The client handled a person's own password: the password grant.",
  clause: 'RFC 9700 §2.4',
  advice:
    'Send the person to the authorization endpoint and use the code; for a client of its own, client credentials.',
  spares: "A note where the provider's own documents offer it, a warning where the provider is known to take it.",
  judge: ({ all }) =>
    all
      .filter((seen) => seen.entry.endpoint === 'token' && seen.parameter('grant_type') === 'password')
      .map((seen) => ({
        by: [seen],
        severity: severityByPolicy(seen.provider, seen.policy.grants.includes('password'), 'grants'),
        says: 'A token was asked for with grant_type=password.',
      })),
});
