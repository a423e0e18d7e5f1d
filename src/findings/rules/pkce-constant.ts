import { groupBy } from '../evidence.js';
import { distinct } from './state-reused.js';
import { defineRule } from '../rule.js';
import type { Flow } from '../flow.js';
import type { Proof } from '../rule.js';

export const pkceConstant = defineRule({
  id: 'pkce-constant',
  severity: 'error',
  verdict:
    'The same code_challenge was used for more than one authorization. If its code_verifier leaks, it is ' +
    'valid for all of them.',
  clause: 'RFC 7636 §4.1; RFC 9700 §2.1.1',
  advice: 'Generate a new random code_verifier for each authorization request.',
  spares: 'Not reported if the provider ignores PKCE, or if a browser loaded the same URL again.',
  judge: ({ flows }) => [...groupBy(flows, keyOf).values()].flatMap(proofOf),
});

const keyOf = ({ request, challenge, hasPkce }: Flow): string | undefined =>
  hasPkce ? JSON.stringify([request.provider.name, request.clientId, challenge]) : undefined;

function proofOf(flows: readonly Flow[]): Proof[] {
  const made = distinct(flows);
  return made.length < 2
    ? []
    : [
        {
          by: made.map(({ request }) => request),
          says: `${made.length} authorization requests have the same code_challenge.`,
        },
      ];
}
