import { defineCheck } from '../../check.js';
import { judgeErrorCallback } from './error-callback.js';

/** A redirect can be cut short on its way. */
export const neitherCodeNorError = defineCheck({
  id: 'neither-code-nor-error',
  group: 'callback',
  title: 'A callback with neither code nor error is answered',
  clause: 'RFC 6749 §4.1.2',
  severity: 'error',
  stages: 'The callback has only the state.',
  looksAt: 'Whether the callback is answered well, no token request follows, and the next call fails.',
  advice: 'Treat a callback without a code as a failure.',
  needs: ['pages'],
  examine: (stage) =>
    judgeErrorCallback(stage, 'neither code nor error', (parameters) => {
      parameters.delete('error');
    }),
});
