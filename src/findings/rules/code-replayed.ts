import { kindNamed } from '../../faults/kinds/index.js';
import { groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { besideMs, overlap } from '../timing.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Flow } from '../flow.js';
import type { Proof } from '../rule.js';
import type { Seen } from '../observed-request.js';

export const codeReplayed = defineRule({
  id: 'code-replayed',
  severity: 'error',
  verdict: 'An authorization code was sent to the token endpoint again after it had bought tokens.',
  clause: 'RFC 6749 §4.1.2',
  advice: 'Forget a code the moment it is sent; a callback that is loaded twice must find its state used up.',
  spares:
    'Silent where the first answer did not reach the client whole or could be disbelieved, where the first exchange failed, where a fault kept the client waiting so long that it may have asked again, and where a fault brought one callback twice from a provider that returns no state.',
  judge: (evidence) =>
    [...groupBy(evidence.exchanges, (seen) => `${seen.provider.name} ${String(seen.get('code'))}`).values()].flatMap(
      (sent) => proofOf(sent, evidence),
    ),
});

function proofOf(sent: readonly Seen[], { flows }: Evidence): Proof[] {
  const first = sent.findIndex(wasGranted);
  const bought = sent[first];
  const again = sent.slice(first + 1).filter((seen) => bought !== undefined && !mayHaveGivenUp(bought, seen));
  return bought === undefined || again.length === 0 || flows.some((flow) => cameBlindly(flow, bought))
    ? []
    : [{ by: [bought, ...again], says: `One code was sent ${again.length + 1} times.` }];
}

/** Whoever was kept waiting by a fault may ask again; but nobody loses patience in a tenth of a second. */
const mayHaveGivenUp = (bought: Seen, seen: Seen): boolean =>
  bought.entry.fault !== undefined && overlap(bought, seen) && seen.start - bought.start >= besideMs;

/** Whether a fault brought a callback once more, in which the client can see nothing that was used before. */
function cameBlindly({ request, backs }: Flow, bought: Seen): boolean {
  return (
    !request.policy.echoState &&
    backs.some(
      ({ seen, parameters }) =>
        kindNamed(String(seen.entry.fault?.kind))?.repeatsAnswer === true &&
        parameters.get('code') === bought.get('code'),
    )
  );
}
