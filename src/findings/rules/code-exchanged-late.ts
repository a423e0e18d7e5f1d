import { codeOf } from '../flow.js';
import type { AuthorizationCode } from '../../core/model.js';
import type { Flow } from '../flow.js';
import type { Proof, Rule } from '../rule.js';

export const codeExchangedLate: Rule = {
  id: 'code-exchanged-late',
  severity: 'warning',
  verdict: 'A code was sent to the token endpoint after it had expired.',
  clause: 'RFC 6749 §4.1.2',
  advice: 'Exchange the code in the callback itself, before anything that may take its time.',
  spares: 'Silent where the code was made to expire over the admin API, where the clock is skewed, and where a fault delayed the redirect or the exchange. Time is the virtual time of the world.',
  judge: ({ flows }) => flows.flatMap(proofOf),
};

function proofOf(flow: Flow): Proof[] {
  const late = flow.exchanges.find(({ entry }) => entry.reason === 'code.expired' && entry.fault === undefined);
  const code = naturalCode(flow);
  const back = flow.backs[0]?.seen;
  if (late === undefined || code === undefined || back === undefined || late.entry.at < code.expiresAt) return [];
  const seconds = (late.entry.at - code.issuedAt) / 1000;
  return [{ by: [back, late], says: `The code came back ${seconds} s before it was sent, and lived for ${(code.expiresAt - code.issuedAt) / 1000} s.` }];
}

/** The code of a flow whose redirect nothing spoilt, where it lives as long as the policy says. */
export function naturalCode(flow: Flow): AuthorizationCode | undefined {
  const { realm, policy } = flow.request;
  const code = realm.codes.get(codeOf(flow) ?? '');
  const isNatural = code !== undefined && code.expiresAt - code.issuedAt === policy.codeSeconds * 1000 && code.grant.revokedAt === undefined;
  return isNatural && flow.backs.every(({ seen }) => seen.entry.fault === undefined) ? code : undefined;
}
