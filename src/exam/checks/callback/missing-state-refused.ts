import { defineCheck } from '../../check.js';
import { heldCallbackWithState } from '../../held-callback.js';
import { withoutState } from '../not-for.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** A comparison with nothing must not succeed. */
export const missingStateRefused = defineCheck({
  id: 'missing-state-refused',
  group: 'callback',
  title: 'A callback without a state is refused',
  clause: 'RFC 6749 §10.12',
  severity: 'error',
  stages: 'The callback has no state.',
  looksAt: 'Whether a token request follows.',
  advice: 'Refuse a callback without a state before you compare.',
  needs: ['pages'],
  notFor: withoutState,
  examine: (stage) =>
    judgeRefusedCallback(stage, {
      what: 'no state',
      change: (parameters) => {
        parameters.delete('state');
      },
      hold: heldCallbackWithState,
    }),
});
