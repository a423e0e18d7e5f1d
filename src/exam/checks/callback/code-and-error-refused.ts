import { defineCheck } from '../../check.js';
import { warned } from '../../judgement.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** A server sends one of them, so the redirect was tampered with. */
export const codeAndErrorRefused = defineCheck({
  id: 'code-and-error-refused',
  group: 'callback',
  title: 'A callback with a code and an error is refused',
  clause: 'RFC 6749 §4.1.2.1',
  severity: 'warning',
  stages: 'The callback has an error beside its code.',
  looksAt: 'Whether a token request follows.',
  advice: 'Look at the parameter error first.',
  needs: ['pages'],
  examine: (stage) =>
    judgeRefusedCallback(stage, {
      what: 'an error beside the code',
      change: (parameters) => {
        parameters.set('error', 'server_error');
      },
      worst: warned,
    }),
});
