import { defineCheck } from '../../check.js';
import { failed, passed, warned } from '../../judgement.js';
import { firstFlow, stateOf } from '../../ordinary-run.js';
import { withoutState } from '../not-for.js';

/** A flow without a state or PKCE can be finished by anybody. */
export const stateSent = defineCheck({
  id: 'state-sent',
  group: 'request',
  title: 'The authorization request has a state',
  clause: 'RFC 6749 §10.12, RFC 9700 §2.1',
  severity: 'error',
  stages: 'An ordinary flow.',
  looksAt: 'Whether there is a state, or at least PKCE with S256.',
  advice: 'Send a random state, and compare it in the callback.',
  notFor: withoutState,
  judge(run) {
    const flow = firstFlow(run);
    const { authorization } = flow;
    if (stateOf(flow) !== undefined) return passed('The authorization request has a state.', [authorization]);
    return authorization.query('code_challenge_method') === 'S256'
      ? warned('There is no state. PKCE protects the exchange, but nothing tells whose flow it was.', [authorization])
      : failed('The authorization request has no state.', [authorization]);
  },
});
