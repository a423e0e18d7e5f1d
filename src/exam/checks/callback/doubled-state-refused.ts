import { defineCheck } from '../../check.js';
import { heldCallbackWithState } from '../../held-callback.js';
import { warned } from '../../judgement.js';
import { withoutState } from '../not-for.js';
import { judgeRefusedCallback, unknownState } from './refused-callback.js';

/** Parsers differ in which of two states they return. */
export const doubledStateRefused = defineCheck({
  id: 'doubled-state-refused',
  group: 'callback',
  title: 'A callback with two states is refused',
  clause: 'RFC 6749 §4.1.2, §3.1',
  severity: 'warning',
  stages: 'The callback has its state, and then another one.',
  looksAt: 'Whether a token request follows.',
  advice: 'Refuse parameters that are there twice.',
  needs: ['pages'],
  notFor: withoutState,
  examine: (stage) =>
    judgeRefusedCallback(stage, {
      what: 'a second state',
      change: (parameters) => {
        parameters.append('state', unknownState);
      },
      hold: heldCallbackWithState,
      worst: warned,
    }),
});
