import { familyOf, groupBy } from '../evidence.js';
import { resent, resentProof } from '../resent.js';
import { tokenKey } from './stale-refresh-token.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const refreshAfterRefusal = defineRule({
  id: 'refresh-after-refusal',
  severity: 'error',
  verdict: 'A refresh token was sent again after the provider had refused it.',
  clause: 'RFC 6749 §5.2',
  advice: 'After invalid_grant, delete the refresh token and ask the user to authorize again.',
  spares:
    'Not reported if the client did not receive the refusal, if the refusal had another reason, if the same ' +
    'token was issued again, or for refreshes that may have been sent in parallel. A note if such refreshes ' +
    'are consecutive on one connection, or several, each on a connection that was opened after the refusal before it.',
  judge: (evidence) => [...groupBy(evidence.refreshes, tokenKey).values()].flatMap((sent) => proofsOf(sent, evidence)),
});

function proofsOf(sent: readonly ObservedRequest[], evidence: Evidence): Proof[] {
  const [first] = sent as [ObservedRequest];
  const answers = evidence.answersWith(first.provider, String(first.parameter('refresh_token')));
  return resent(sent, isRefused, answers).flatMap((each) => resentProof(each, 'Refreshes', familyOf(first), 1));
}

/** A refusal of the token itself. Some providers use another error than invalid_grant. */
function isRefused(seen: ObservedRequest): boolean {
  return (
    seen.received !== undefined &&
    (seen.receivedText('error') === 'invalid_grant' ||
      (seen.entry.reason?.startsWith('refresh.') === true && seen.entry.reason !== 'refresh.missing'))
  );
}
