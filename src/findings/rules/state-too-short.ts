import { defineRule } from '../rule.js';
import { nothingIn } from './undefined-value.js';

/** 16 characters of base64 have at most 96 bits; RFC 6749 §10.10 requires 128. Longer values are accepted. */
export const leastStateCharacters = 16;

export const stateTooShort = defineRule({
  id: 'state-too-short',
  severity: 'warning',
  verdict: 'The state is so short that an attacker can guess it.',
  clause: 'RFC 6749 §10.10, §10.12',
  advice: 'Use at least 128 random bits: 22 characters of base64url.',
  spares:
    `Reported for fewer than ${leastStateCharacters} characters. Not reported if PKCE protects the flow, if the ` +
    'provider returns no state, or for a word such as undefined, which undefined-value reports.',
  judge: ({ flows }) =>
    flows.flatMap(({ request, state, hasPkce }) =>
      state === undefined ||
      state.length >= leastStateCharacters ||
      nothingIn(state) !== undefined ||
      hasPkce ||
      !request.policy.echoState
        ? []
        : [{ by: [request], says: `The state has ${state.length} characters.` }],
    ),
});
