import { defineCheck } from '../../check.js';
import { warned } from '../../judgement.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** Which of two codes is exchanged is a matter of the parser. */
export const doubledCodeRefused = defineCheck({
  id: 'doubled-code-refused',
  group: 'callback',
  title: 'A callback with two codes is refused',
  clause: 'RFC 6749 §3.1',
  severity: 'warning',
  stages: 'The redirect back has its code, and then another one.',
  looksAt: 'Whether a token request follows.',
  advice: 'Refuse parameters that are there twice.',
  needs: ['pages'],
  examine: (stage) =>
    judgeRefusedCallback(stage, {
      what: 'a second code',
      change: (parameters) => {
        parameters.append('code', 'another-code');
      },
      worst: warned,
    }),
});
