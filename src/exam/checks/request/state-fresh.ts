import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { stateOf } from '../../ordinary-run.js';
import { withoutState } from '../not-for.js';

/** A state that is used in two flows can be known from the first. */
export const stateFresh = defineCheck({
  id: 'state-fresh',
  group: 'request',
  title: 'Each flow has a state of its own',
  clause: 'RFC 6749 §10.12, RFC 9700 §2.1',
  severity: 'error',
  stages: 'Two flows in different browsers.',
  looksAt: 'Whether their states differ.',
  advice: 'Make a new random state for each flow, and keep it in the session of the browser.',
  notFor: withoutState,
  judge({ flows }) {
    const withState = flows.filter((flow) => stateOf(flow) !== undefined);
    if (withState.length < 2) throw new NotSeen('the client sent no state in two flows');
    const requests = withState.map(({ authorization }) => authorization);
    const isFresh = new Set(withState.map((flow) => stateOf(flow))).size === withState.length;
    return isFresh
      ? passed(`${withState.length} flows had different states.`, requests)
      : failed('Two flows had the same state.', requests);
  },
});
