import { describeLength } from '../../core/length.js';
import { codeOf } from '../flow.js';
import { defineRule } from '../rule.js';
import type { AuthorizationCode } from '../../core/model.js';
import type { Flow } from '../flow.js';
import type { Proof } from '../rule.js';

export const codeExchangedLate = defineRule({
  id: 'code-exchanged-late',
  severity: 'warning',
  verdict: 'An authorization code was sent to the token endpoint after it had expired.',
  clause: 'RFC 6749 §4.1.2',
  advice: 'Exchange the code in the callback itself, before any slow work.',
  spares:
    'Times are virtual times of the world. Not reported if the code was first sent in time, if its lifetime ' +
    'is zero, if it was expired over the admin API, if the clock is skewed, or if a fault delayed the ' +
    'redirect or the exchange.',
  judge: ({ flows }) => flows.flatMap(proofOf),
});

function proofOf(flow: Flow): Proof[] {
  const [late] = flow.exchanges;
  const code = naturalCode(flow);
  const back = flow.backs[0]?.seen;
  if (
    late?.entry.reason !== 'code.expired' ||
    late.entry.fault !== undefined ||
    code === undefined ||
    back === undefined ||
    late.entry.at < code.expiresAt
  ) {
    return [];
  }
  return [
    {
      by: [back, late],
      roles: ['the redirect with the code', 'the exchange'],
      says:
        `The code was sent ${describeLength(late.entry.at - code.expiresAt)} after it expired; its lifetime was ` +
        `${describeLength(code.expiresAt - code.issuedAt)}.`,
    },
  ];
}

/** The code of a flow without faults, if its lifetime is that of the policy and not zero. */
export function naturalCode(flow: Flow): AuthorizationCode | undefined {
  const { realm, policy } = flow.request;
  const code = realm.codes.get(codeOf(flow) ?? '');
  const isNatural =
    code !== undefined &&
    code.expiresAt > code.issuedAt &&
    code.expiresAt - code.issuedAt === policy.codeSeconds * 1000 &&
    code.grant.revokedAt === undefined;
  return isNatural && flow.backs.every(({ seen }) => seen.entry.fault === undefined) ? code : undefined;
}
