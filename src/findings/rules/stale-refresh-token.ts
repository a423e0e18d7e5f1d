import { familyOf, groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { overlaps } from '../timing.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const staleRefreshToken = defineRule({
  id: 'stale-refresh-token',
  severity: 'error',
  verdict: 'A refresh token was sent again after a newer one had been answered in its place.',
  clause: 'RFC 6749 §6; RFC 9700 §4.14.2',
  advice:
    'Store the newer refresh token before anything else, in one step with the access token; let one place alone do the refreshing.',
  spares:
    'Silent where the answer with the newer one did not reach the client whole or could be disbelieved, and where the provider keeps refresh tokens; a warning where the provider never refused the old one.',
  judge: ({ refreshes }) => [...groupBy(refreshes, tokenKey).values()].flatMap(proofOf),
});

/** A key for the refresh token of a request. */
export const tokenKey = (seen: ObservedRequest): string =>
  `${seen.provider.name} ${String(seen.parameter('refresh_token'))}`;

function proofOf(sent: readonly ObservedRequest[]): Proof[] {
  const renewal = sent.find((seen) => wasGranted(seen) && isRenewed(seen));
  if (renewal === undefined) return [];
  const again = sent.filter((seen) => seen.id > renewal.id && !overlaps(renewal, seen));
  if (again.length === 0) return [];
  const refused = again.some(({ entry }) => entry.reason?.startsWith('refresh.') === true);
  return [
    {
      by: [renewal, ...again],
      family: familyOf(renewal),
      says: `Refreshes with the old token after the newer was answered: ${again.length}${refused ? '' : ', none of them refused'}.`,
      ...(refused ? {} : { severity: 'warning' as const }),
    },
  ];
}

function isRenewed(seen: ObservedRequest): boolean {
  const newer = seen.receivedText('refresh_token');
  return newer !== undefined && newer !== seen.parameter('refresh_token');
}
