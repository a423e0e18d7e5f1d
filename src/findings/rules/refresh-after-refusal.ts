import { familyOf, groupBy } from '../evidence.js';
import { knew } from '../order.js';
import { tokenKey } from './stale-refresh-token.js';
import type { Proof, Rule } from '../rule.js';
import type { Seen } from '../seen.js';

export const refreshAfterRefusal: Rule = {
  id: 'refresh-after-refusal',
  severity: 'error',
  verdict: 'A refresh token was sent again after the provider had said that it is no good.',
  clause: 'RFC 6749 §5.2',
  advice: 'After invalid_grant, forget the refresh token and ask the person to authorize again.',
  spares: 'Silent where the refusal did not reach the client, where it was about something else than the token, and for refreshes that were sent side by side.',
  judge: ({ refreshes }) => [...groupBy(refreshes, tokenKey).values()].flatMap(proofOf),
};

function proofOf(sent: readonly Seen[]): Proof[] {
  const refusal = sent.find(isRefused);
  const again = sent.filter((seen) => refusal !== undefined && seen.id > refusal.id && knew(refusal, seen));
  return refusal === undefined || again.length === 0 ? [] : [{ by: [refusal, ...again], family: familyOf(refusal), says: `Refreshes with the token after its refusal: ${again.length}.` }];
}

/** A refusal of the token itself; a provider may call it otherwise than invalid_grant. */
function isRefused(seen: Seen): boolean {
  return seen.told !== undefined && (seen.said('error') === 'invalid_grant' || (seen.entry.reason?.startsWith('refresh.') === true && seen.entry.reason !== 'refresh.missing'));
}
