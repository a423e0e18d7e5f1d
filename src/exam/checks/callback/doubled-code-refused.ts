import { defineCheck } from '../../check.js';
import { warned } from '../../judgement.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** Parsers differ in which of two codes they return. */
export const doubledCodeRefused = defineCheck({
  id: 'doubled-code-refused',
  group: 'callback',
  title: 'A callback with two codes is refused',
  clause: 'RFC 6749 §3.1',
  severity: 'warning',
  stages: 'The callback has its code, and then another one.',
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
