import { wasGranted } from '../flow.js';
import { defineRule } from '../rule.js';
import type { RedirectBack, Flow } from '../flow.js';
import type { Proof } from '../rule.js';

export const stateNotChecked = defineRule({
  id: 'state-not-checked',
  severity: 'error',
  verdict: 'The state in the callback differed from the one that was sent, and the client exchanged the code anyway.',
  clause: 'RFC 6749 §10.12; RFC 9700 §4.7.1',
  advice:
    'At the start of the callback, compare its state with the one stored for this browser session. Refuse the ' +
    'callback if they differ or if one is missing.',
  spares:
    'Reported only if a fault changed the redirect, for example in the scenario probe-state-check. A warning ' +
    'if PKCE protects the flow. Not reported if the provider returns no state.',
  judge: ({ flows }) => flows.flatMap(proofOf),
});

function proofOf(flow: Flow): Proof[] {
  const { request, state, backs, exchanges, hasPkce } = flow;
  const [exchange] = exchanges;
  if (state === undefined || exchange === undefined || !request.policy.echoState) return [];
  const before = backs.filter(({ seen }) => seen.id < exchange.id);
  if (before.length === 0 || before.some((back) => hasState(back, state))) return [];
  const outcome = exchanges.some(wasGranted) ? ' and received tokens' : '';
  const redirects = before.map(({ seen }) => seen).filter((seen) => seen !== request);
  return [
    {
      by: [request, ...redirects, exchange],
      roles: ['the authorization request', ...redirects.map(() => 'the changed redirect'), 'the exchange'],
      says:
        `The returned state was ${isMissing(before) ? 'missing' : 'different'}. ` +
        `The client sent the code${outcome}.`,
      ...(hasPkce ? { severity: 'warning' as const } : {}),
    },
  ];
}

/** Whether the returned state equals the sent one, also if it is returned twice. */
const hasState = ({ parameters }: RedirectBack, state: string): boolean =>
  parameters.has('state') && parameters.getAll('state').every((each) => each === state);

const isMissing = (backs: readonly RedirectBack[]): boolean =>
  backs.every(({ parameters }) => !parameters.has('state'));
