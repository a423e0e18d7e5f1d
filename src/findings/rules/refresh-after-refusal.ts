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
  verdict: 'A refresh token was sent again after the provider had said that it is no good.',
  clause: 'RFC 6749 §5.2',
  advice: 'After invalid_grant, forget the refresh token and ask the person to authorize again.',
  spares:
    'Silent where the refusal did not reach the client, where it was about something else than the token, where the token was answered once more, and for refreshes that may have been sent side by side; a note where such come in a row on one connection.',
  judge: (evidence) => [...groupBy(evidence.refreshes, tokenKey).values()].flatMap((sent) => proofsOf(sent, evidence)),
});

function proofsOf(sent: readonly ObservedRequest[], evidence: Evidence): Proof[] {
  const [first] = sent as [ObservedRequest];
  const answers = evidence.answersWith(first.provider, String(first.parameter('refresh_token')));
  return resent(sent, isRefused, answers).flatMap((each) => resentProof(each, 'Refreshes', familyOf(first)));
}

/** A refusal of the token itself. Some providers use another error than invalid_grant. */
function isRefused(seen: ObservedRequest): boolean {
  return (
    seen.received !== undefined &&
    (seen.receivedText('error') === 'invalid_grant' ||
      (seen.entry.reason?.startsWith('refresh.') === true && seen.entry.reason !== 'refresh.missing'))
  );
}
