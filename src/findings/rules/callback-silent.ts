import { codeOf } from '../flow.js';
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
    "Reported only after the code has expired by the world's clock. Not reported if a fault changed the " + 'redirect.',
  judge: (evidence) => evidence.flows.flatMap((flow) => proofOf(flow, evidence)),
});

function proofOf(flow: Flow, { now, exchanges }: Evidence): Proof[] {
  const code = naturalCode(flow);
  const back = flow.backs[0]?.seen;
  if (code === undefined || back === undefined || code.spentAt !== undefined || now < code.expiresAt) return [];
  if (exchanges.some((exchange) => exchange.parameter('code') === codeOf(flow))) return [];
  return [
    {
      by: [flow.request, ...(back === flow.request ? [] : [back])],
      says: `No token request contained the code during its lifetime of ${(code.expiresAt - code.issuedAt) / 1000} s.`,
    },
  ];
}
