import { groupBy } from '../evidence.js';
import { resent, resentProof } from '../resent.js';
import { defineRule } from '../rule.js';
import { nothingIn } from './undefined-value.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/** Refusals of an access token that are permanent. */
const permanent: readonly (string | undefined)[] = [
  'bearer.expired',
  'bearer.removed',
  'bearer.revoked',
  'bearer.unknown',
];

export const expiredTokenResent = defineRule({
  id: 'expired-token-resent',
  severity: 'error',
  verdict: 'An access token was sent again after the API had refused it.',
  clause: 'RFC 6750 §3.1',
  advice: 'After a 401, refresh the token or ask the user to authorize again before the next call.',
  spares:
    'Not reported for calls that may have been sent in parallel: the client must have received the refusal ' +
    'and then have sent nothing for 100 ms. A note if such calls are consecutive on one connection, or several, each ' +
    'on a connection that was opened after the refusal before it. Not reported if the same token was issued again. ' +
    'If only a fault refused a valid token, a warning; not reported if that token came from a refresh, because ' +
    'another refresh would not help.',
  judge: (evidence) =>
    [...groupBy(evidence.calls, ({ provider, accessToken }) => `${provider.name} ${accessToken}`).values()].flatMap(
      (calls) => proofsOf(calls, evidence),
    ),
});

function proofsOf(calls: readonly ObservedRequest[], evidence: Evidence): Proof[] {
  const [first] = calls as [ObservedRequest];
  const answers = evidence.answersWith(first.provider, first.accessToken);
  const proofs = (isRefused: (seen: ObservedRequest) => boolean): Proof[] =>
    resent(calls, isRefused, answers).flatMap((each) => resentProof(each, 'Calls', familyOfBearer(first)));
  const nothing = nothingIn(first.accessToken);
  const refused = proofs(isInvalidToken).map((proof) =>
    nothing === undefined ? proof : { ...proof, says: `${proof.says} The token is ${nothing}.` },
  );
  // A client that refreshed after a 401 and receives another 401 broke no rule.
  if (refused.length > 0 || answers.some((answer) => answer.parameter('grant_type') === 'refresh_token')) {
    return refused;
  }
  return proofs(isRefusedByFault).map((proof) => ({ severity: 'warning', ...proof }));
}

function isInvalidToken({ received, entry }: ObservedRequest): boolean {
  return (
    received !== undefined &&
    (permanent.includes(entry.reason) || (received.status === 401 && entry.fault === undefined))
  );
}

const isRefusedByFault = ({ received, entry }: ObservedRequest): boolean =>
  received?.status === 401 && entry.fault !== undefined;

/** The id of the family of an access token. Undefined if the realm no longer has the token. */
export function familyOfBearer({ realm, accessToken }: ObservedRequest): string | undefined {
  return realm.accessTokens.get(accessToken)?.grant.id;
}
