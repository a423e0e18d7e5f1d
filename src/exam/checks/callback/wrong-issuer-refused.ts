import { defineCheck } from '../../check.js';
import { warned } from '../../judgement.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** A callback of another server carries a code that is not for this one. */
export const wrongIssuerRefused = defineCheck({
  id: 'wrong-issuer-refused',
  group: 'callback',
  title: 'A callback of another issuer is refused',
  clause: 'RFC 9207 §2.4, RFC 9700 §4.4.2',
  severity: 'note',
  stages: 'The callback has the parameter iss with the URL of another server.',
  looksAt: 'Whether a token request follows.',
  advice: 'If there is an iss, compare it with the issuer of the provider.',
  needs: ['pages'],
  examine: (stage) =>
    judgeRefusedCallback(stage, {
      what: 'the iss of another server',
      change: (parameters) => {
        parameters.set('iss', 'https://attacker.example');
      },
      worst: warned,
    }),
});
