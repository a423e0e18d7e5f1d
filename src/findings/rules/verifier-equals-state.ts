import { defineRule } from '../rule.js';

export const verifierEqualsState = defineRule({
  id: 'verifier-equals-state',
  severity: 'error',
  verdict:
    'The code_verifier is the state, which everybody sees who sees the authorization request: PKCE protects nothing.',
  clause: 'RFC 7636 §4.1, §7.1; RFC 9700 §2.1.1',
  advice: 'Draw state and code_verifier independently of each other.',
  spares: 'Silent where the provider ignores PKCE.',
  judge: ({ flows }) =>
    flows.flatMap(({ request, state, hasPkce, exchanges }) => {
      const exchange = exchanges.find((each) => each.parameter('code_verifier') === state);
      return !hasPkce || state === undefined || exchange === undefined
        ? []
        : [
            {
              by: [request, exchange],
              says: 'The code_verifier of the token request is the state of the authorization request.',
            },
          ];
    }),
});
