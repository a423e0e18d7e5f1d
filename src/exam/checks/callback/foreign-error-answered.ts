import { defineCheck } from '../../check.js';
import { withoutState } from '../not-for.js';
import { judgeErrorCallback } from './error-callback.js';
import { unknownState } from './refused-callback.js';

/** A callback can come late, or from a link of somebody else. */
export const foreignErrorAnswered = defineCheck({
  id: 'foreign-error-answered',
  group: 'callback',
  title: 'An error with another state is answered',
  clause: 'RFC 6749 §4.1.2.1, §10.12',
  severity: 'warning',
  stages: 'The callback has an error, and a state that the client never made.',
  looksAt:
    'Whether the callback is answered without an error of the server, no token request follows, and the next call ' +
    'fails.',
  advice: 'Compare the state first, also if there is an error, and expect that no flow is found.',
  needs: ['pages'],
  notFor: withoutState,
  examine: (stage) =>
    judgeErrorCallback(stage, 'an error and another state', (parameters) => {
      parameters.set('error', 'server_error');
      parameters.set('state', unknownState);
    }),
});
