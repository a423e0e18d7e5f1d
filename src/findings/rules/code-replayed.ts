import { kindNamed } from '../../faults/kinds/index.js';
import { groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { besideMs, overlaps } from '../timing.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Flow } from '../flow.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const codeReplayed = defineRule({
  id: 'code-replayed',
  severity: 'error',
  verdict: 'An authorization code was sent to the token endpoint again after it was exchanged for tokens.',
  clause: 'RFC 6749 §4.1.2',
  advice: 'Use a code only once. Invalidate the state at the first callback, and refuse further callbacks with it.',
  spares:
    'Not reported if the client did not receive the whole first answer or had reason to reject it, if the ' +
    'first exchange failed, if a fault delayed the answer so long that the client may have repeated the request, ' +
    'or if a fault repeated the callback of a provider that returns no state.',
  judge: (evidence) =>
    [
      ...groupBy(evidence.exchanges, (seen) => `${seen.provider.name} ${String(seen.parameter('code'))}`).values(),
    ].flatMap((sent) => proofOf(sent, evidence)),
});

function proofOf(sent: readonly ObservedRequest[], { flows }: Evidence): Proof[] {
  const first = sent.findIndex(wasGranted);
  const bought = sent[first];
  const again = sent.slice(first + 1).filter((seen) => bought !== undefined && !mayHaveGivenUp(bought, seen));
  return bought === undefined || again.length === 0 || flows.some((flow) => isUnrecognisable(flow, bought))
    ? []
    : [
        {
          by: [bought, ...again],
          roles: ['the code was exchanged here', 'the same code was sent'],
          says: `One code was sent ${again.length + 1} times.`,
        },
      ];
}

/** A client may repeat a request that a fault delays, but not within 100 ms. */
const mayHaveGivenUp = (bought: ObservedRequest, seen: ObservedRequest): boolean =>
  bought.entry.fault !== undefined && overlaps(bought, seen) && seen.start - bought.start >= besideMs;

/** Whether a fault repeated the callback of a provider that returns no state: the client cannot recognise it. */
function isUnrecognisable({ request, backs }: Flow, bought: ObservedRequest): boolean {
  return (
    !request.policy.echoState &&
    backs.some(
      ({ seen, parameters }) =>
        kindNamed(String(seen.entry.fault?.kind))?.repeatsAnswer === true &&
        parameters.get('code') === bought.parameter('code'),
    )
  );
}
