import { defineCheck } from '../../check.js';
import { heldCallbackWithState } from '../../held-callback.js';
import { requireSessions } from '../../sessions.js';
import { withoutState } from '../not-for.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** A state must be one of this browser's. */
export const foreignStateRefused = defineCheck({
  id: 'foreign-state-refused',
  group: 'callback',
  title: "The state of another browser's flow is refused",
  clause: 'RFC 6749 §10.12, RFC 9700 §4.7',
  severity: 'error',
  stages: 'The callback has the state of a flow that another browser has begun.',
  looksAt: 'Whether a token request follows.',
  advice: 'Look the state up in the session of the browser, not in a list for all.',
  needs: ['pages'],
  notFor: withoutState,
  async examine(stage) {
    const other = await stage.newBrowser();
    const state = String((await heldCallbackWithState(stage, other)).searchParams.get('state'));
    await requireSessions(other);
    return judgeRefusedCallback(stage, {
      what: "the state of another browser's flow",
      change: (parameters) => {
        parameters.set('state', state);
      },
      hold: heldCallbackWithState,
    });
  },
});
