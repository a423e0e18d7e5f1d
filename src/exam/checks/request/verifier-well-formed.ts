import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { firstExchange } from '../../ordinary-run.js';

/** A short verifier can be found by trying. */
export const verifierWellFormed = defineCheck({
  id: 'verifier-well-formed',
  group: 'request',
  title: 'The PKCE verifier has 43 to 128 characters',
  clause: 'RFC 7636 §4.1',
  severity: 'error',
  stages: 'An ordinary flow.',
  looksAt: 'The code_verifier of the exchange.',
  advice: 'Make the verifier of 32 random bytes in base64url.',
  judge(run) {
    const exchange = firstExchange(run);
    const verifier = exchange.parameter('code_verifier');
    if (verifier === undefined) throw new NotSeen('the client sends no code_verifier');
    return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier)
      ? passed(`The verifier has ${verifier.length} characters.`, [exchange])
      : failed(`The verifier has ${verifier.length} characters, or others than letters, digits, "-", ".", "_", "~".`, [
          exchange,
        ]);
  },
});
