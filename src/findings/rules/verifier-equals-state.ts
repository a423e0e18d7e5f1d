import { defineRule } from '../rule.js';

export const verifierEqualsState = defineRule({
  id: 'verifier-equals-state',
  severity: 'error',
  verdict:
    'The code_verifier equals the state. An attacker who sees the authorization request knows both, so PKCE ' +
    'gives no protection.',
  clause: 'RFC 7636 §4.1, §7.1; RFC 9700 §2.1.1',
  advice: 'Generate state and code_verifier independently.',
  spares: 'Not reported if the provider ignores PKCE.',
  judge: ({ flows }) =>
    flows.flatMap(({ request, state, hasPkce, exchanges }) => {
      const exchange = exchanges.find((each) => each.parameter('code_verifier') === state);
      return !hasPkce || state === undefined || exchange === undefined
        ? []
        : [
            {
              by: [request, exchange],
              roles: ['the authorization request', 'the token request'],
              says: 'The code_verifier of the token request is the state of the authorization request.',
            },
          ];
    }),
});
