import { defineCheck } from '../../check.js';
import { heldCallbackWithState } from '../../held-callback.js';
import { withoutState } from '../not-for.js';
import { judgeRefusedCallback, unknownState } from './refused-callback.js';

/** A callback with another state belongs to no flow of this browser. */
export const wrongStateRefused = defineCheck({
  id: 'wrong-state-refused',
  group: 'callback',
  title: 'A callback with another state is refused',
  clause: 'RFC 6749 §10.12',
  severity: 'error',
  stages: 'The callback has a changed state.',
  looksAt: 'Whether a token request follows.',
  advice: 'Compare the state with the one in the session of the browser before the code is exchanged.',
  needs: ['pages'],
  notFor: withoutState,
  examine: (stage) =>
    judgeRefusedCallback(stage, {
      what: 'a changed state',
      change: (parameters) => {
        parameters.set('state', unknownState);
      },
      hold: heldCallbackWithState,
    }),
});
