import { groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { overlap } from '../order.js';
import type { Proof, Rule } from '../rule.js';
import type { Seen } from '../seen.js';

export const codeReplayed: Rule = {
  id: 'code-replayed',
  severity: 'error',
  verdict: 'An authorization code was sent to the token endpoint again after it had bought tokens.',
  clause: 'RFC 6749 §4.1.2',
  advice: 'Forget a code the moment it is sent; a callback that is loaded twice must find its state used up.',
  spares: 'Silent where the first answer did not reach the client whole, and where the first exchange failed.',
  judge: ({ exchanges }) => [...groupBy(exchanges, (seen) => `${seen.provider.name} ${String(seen.get('code'))}`).values()].flatMap(proofOf),
};

function proofOf(sent: readonly Seen[]): Proof[] {
  const first = sent.findIndex(wasGranted);
  const bought = sent[first];
  // whoever was kept waiting by a fault may have given up, and asked again
  const again = sent.slice(first + 1).filter((seen) => bought !== undefined && (bought.entry.fault === undefined || !overlap(bought, seen)));
  return bought === undefined || again.length === 0 ? [] : [{ by: [bought, ...again], says: `One code was sent ${again.length + 1} times.` }];
}
