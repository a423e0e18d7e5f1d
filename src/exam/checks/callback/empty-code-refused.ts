import { defineCheck } from '../../check.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** An empty code cannot be exchanged. */
export const emptyCodeRefused = defineCheck({
  id: 'empty-code-refused',
  group: 'callback',
  title: 'A callback with an empty code is refused',
  clause: 'RFC 6749 §3.1',
  severity: 'warning',
  stages: 'The callback has an empty code.',
  looksAt: 'Whether a token request follows.',
  advice: 'Treat an empty code as none.',
  needs: ['pages'],
  examine: (stage) =>
    judgeRefusedCallback(stage, {
      what: 'an empty code',
      change: (parameters) => {
        parameters.set('code', '');
      },
    }),
});
