import { describeLength } from '../../core/length.js';
import { groupBy } from '../evidence.js';
import { naturalCode } from './code-exchanged-late.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Flow } from '../flow.js';
import type { Proof } from '../rule.js';

export const callbackSilent = defineRule({
  id: 'callback-silent',
  severity: 'warning',
  verdict: 'The browser returned to the client with a code, and the client never exchanged it.',
  clause: 'RFC 6749 §4.1.2, §4.1.3',
  advice: 'Check that the callback URL is reachable and that its handler exchanges the code. Log refused callbacks.',
  spares:
    "Reported only after the code has expired by the world's clock. Not reported if a fault changed the redirect, or " +
    'if the browser returned from the same authorization before: with a code that was exchanged, or with a denial. ' +
    'The client must then refuse a further callback, because its state or code challenge is used.',
  judge: (evidence) =>
    byAuthorization(evidence.flows)
      .filter((same) => !isSettled(same, evidence))
      .flatMap((same) => same.flatMap((flow) => proofOf(flow, evidence)).slice(0, 1)),
});

/** Flows of one authorization: the user pressed Back, or the browser loaded a URL again. */
function byAuthorization(flows: readonly Flow[]): Flow[][] {
  return [...groupBy(flows, keyOf).values()];
}

/** What the client keeps to recognize its callback: the code challenge, or else the state. */
function keyOf({ request, state, challenge, hasPkce }: Flow): string {
  const kept = hasPkce ? challenge : state;
  return JSON.stringify(kept === undefined ? request.id : [request.provider.name, request.clientId, kept]);
}

/** Whether the client had a reason to refuse other callbacks: a code was sent, or the first callback was a denial. */
function isSettled(flows: readonly Flow[], { exchanges }: Evidence): boolean {
  const backs = flows.flatMap((flow) => flow.backs).sort((a, b) => a.seen.id - b.seen.id);
  const codes = new Set(backs.flatMap(({ parameters }) => parameters.getAll('code')));
  return (
    backs[0]?.parameters.has('code') === false || exchanges.some((seen) => codes.has(String(seen.parameter('code'))))
  );
}

function proofOf(flow: Flow, { now }: Evidence): Proof[] {
  const code = naturalCode(flow);
  const back = flow.backs[0]?.seen;
  if (code === undefined || back === undefined || code.spentAt !== undefined || now < code.expiresAt) return [];
  const lifetime = describeLength(code.expiresAt - code.issuedAt);
  return [
    {
      by: [flow.request, ...(back === flow.request ? [] : [back])],
      roles: ['the authorization request', 'the redirect with the code'],
      says: `No token request contained the code during its lifetime of ${lifetime}.`,
    },
  ];
}
