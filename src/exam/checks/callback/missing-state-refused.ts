import { defineCheck } from '../../check.js';
import { NotSeen } from '../../judgement.js';
import { judgeRefusedCallback } from './refused-callback.js';

/** A comparison with nothing must not succeed. */
export const missingStateRefused = defineCheck({
  id: 'missing-state-refused',
  group: 'callback',
  title: 'A callback without a state is refused',
  clause: 'RFC 6749 §10.12',
  severity: 'error',
  stages: 'The redirect back to the client has no state.',
  looksAt: 'Whether a token request follows.',
  advice: 'Refuse a callback without a state before you compare.',
  needs: ['pages'],
  notFor: ({ statePlace }) => (statePlace === 'nowhere' ? 'this provider gives back no state' : undefined),
  examine: (stage) =>
    judgeRefusedCallback(stage, 'no state', (callback) => {
      if (!callback.searchParams.has('state')) throw new NotSeen('the client sends no state');
      callback.searchParams.delete('state');
      return callback;
    }),
});
