import { defineCheck } from '../../check.js';
import { heldCallbackWithState } from '../../held-callback.js';
import { withoutState } from '../not-for.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** An empty state equals the state of a session that has none. */
export const emptyStateRefused = defineCheck({
  id: 'empty-state-refused',
  group: 'callback',
  title: 'A callback with an empty state is refused',
  clause: 'RFC 6749 §10.12',
  severity: 'error',
  stages: 'The callback has an empty state.',
  looksAt: 'Whether a token request follows.',
  advice: 'Refuse a state that is empty before you compare.',
  needs: ['pages'],
  notFor: withoutState,
  examine: (stage) =>
    judgeRefusedCallback(stage, {
      what: 'an empty state',
      change: (parameters) => {
        parameters.set('state', '');
      },
      hold: heldCallbackWithState,
    }),
});
