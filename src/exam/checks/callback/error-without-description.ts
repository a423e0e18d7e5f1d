import { defineCheck } from '../../check.js';
import { judgeErrorCallback } from './error-callback.js';

/** error_description is optional. */
export const errorWithoutDescription = defineCheck({
  id: 'error-without-description',
  group: 'callback',
  title: 'An error without a description is answered',
  clause: 'RFC 6749 §4.1.2.1',
  severity: 'error',
  stages: 'The callback has an error and no description.',
  looksAt: 'Whether the callback is answered well, no token request follows, and the next call fails.',
  advice: 'Do not rely on error_description.',
  needs: ['pages'],
  examine: (stage) =>
    judgeErrorCallback(stage, 'an error without a description', (parameters) => {
      parameters.set('error', 'temporarily_unavailable');
    }),
});
