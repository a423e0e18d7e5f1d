import { defineRule } from '../rule.js';

/** Minimum length of a code_verifier: 32 random bytes in base64url (RFC 7636 §4.1). */
const leastCharacters = 43;

export const verifierTooShort = defineRule({
  id: 'verifier-too-short',
  severity: 'error',
  verdict: 'The code_verifier is shorter than the standard allows, so that it can be guessed.',
  clause: 'RFC 7636 §4.1, §7.1',
  advice: 'Encode 32 random bytes in base64url: 43 characters.',
  spares: 'A warning if the provider ignores PKCE: it does not check the length.',
  judge: ({ exchanges }) =>
    exchanges.flatMap((seen) => {
      const { length } = seen.parameter('code_verifier') ?? '';
      if (length === 0 || length >= leastCharacters) return [];
      const severity = seen.policy.pkce === 'ignored' ? 'warning' : 'error';
      return [{ by: [seen], severity, says: `The code_verifier has ${length} characters.` }];
    }),
});
