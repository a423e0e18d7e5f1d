import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { stateOf } from '../../ordinary-run.js';

/** The state is in URLs, so a verifier that equals it is not secret. */
export const verifierNotState = defineCheck({
  id: 'verifier-not-state',
  group: 'request',
  title: 'The PKCE verifier is not the state',
  clause: 'RFC 7636 §7.1',
  severity: 'error',
  stages: 'An ordinary flow.',
  looksAt: 'Whether the exchange sends the state as the verifier.',
  advice: 'Make state and verifier of different random values.',
  judge({ flows }) {
    const flow = flows.find(({ exchange }) => exchange?.parameter('code_verifier') !== undefined);
    const state = flow === undefined ? undefined : stateOf(flow);
    if (flow?.exchange === undefined || state === undefined) throw new NotSeen('no flow has a state and a verifier');
    const requests = [flow.authorization, flow.exchange];
    return flow.exchange.parameter('code_verifier') === state
      ? failed('The verifier is the state of the flow.', requests)
      : passed('State and verifier differ.', requests);
  },
});
