import { groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { defineRule } from '../rule.js';
import type { Flow } from '../flow.js';
import type { Proof } from '../rule.js';

export const stateReused = defineRule({
  id: 'state-reused',
  severity: 'error',
  verdict:
    'The same state was used for more than one authorization. An attacker who knows it can forge the next ' +
    'callback.',
  clause: 'RFC 6749 §10.12; RFC 9700 §4.7.1',
  advice: 'Generate a new random state for each authorization request, and delete it after its callback.',
  spares:
    'Not reported if PKCE protects the flow, because the state may then contain application data; if the ' +
    'provider returns no state; or if a browser loaded the same URL again.',
  judge: ({ flows }) => [...groupBy(flows.filter(needsState), keyOf).values()].flatMap(proofOf),
});

/** Without PKCE, only the state protects the callback (RFC 9700 §2.1). */
function needsState({ request, hasPkce }: Flow): boolean {
  return !hasPkce && request.policy.echoState;
}

const keyOf = ({ request, state }: Flow): string | undefined =>
  state === undefined ? undefined : JSON.stringify([request.provider.name, request.clientId, state]);

function proofOf(flows: readonly Flow[]): Proof[] {
  const made = distinct(flows);
  return made.length < 2
    ? []
    : [{ by: made.map(({ request }) => request), says: `${made.length} authorization requests have the same state.` }];
}

/**
 * Flows that the client started. If a browser loaded one URL several times, only those flows remain whose code was
 * exchanged, or the first.
 */
export function distinct(flows: readonly Flow[]): Flow[] {
  const byUrl = groupBy(flows, ({ request: { entry } }) => JSON.stringify([entry.url, entry.body]));
  return [...byUrl.values()].flatMap((same) => {
    const taken = same.filter(({ exchanges }) => exchanges.some(wasGranted));
    return taken.length > 0 ? taken : same.slice(0, 1);
  });
}
