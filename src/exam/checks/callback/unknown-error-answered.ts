import { defineCheck } from '../../check.js';
import { judgeErrorCallback } from './error-callback.js';

/** Extensions and providers have errors of their own. */
export const unknownErrorAnswered = defineCheck({
  id: 'unknown-error-answered',
  group: 'callback',
  title: 'An error that no document names is answered',
  clause: 'RFC 6749 §8.5',
  severity: 'warning',
  stages: 'The callback has an error that the client cannot know.',
  looksAt: 'Whether the callback is answered well, no token request follows, and the next call fails.',
  advice: 'Treat every error as a failure, whatever its name.',
  needs: ['pages'],
  examine: (stage) =>
    judgeErrorCallback(stage, 'an unknown error', (parameters) => {
      parameters.set('error', 'e_4711');
      parameters.set('error_description', 'Nobody knows.');
    }),
});
