import { familyOf, groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { overlap } from '../timing.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { Seen } from '../observed-request.js';

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

/** What tells refresh tokens apart. */
export const tokenKey = (seen: Seen): string => `${seen.provider.name} ${String(seen.get('refresh_token'))}`;

function proofOf(sent: readonly Seen[]): Proof[] {
  const renewal = sent.find((seen) => wasGranted(seen) && isRenewed(seen));
  if (renewal === undefined) return [];
  const again = sent.filter((seen) => seen.id > renewal.id && !overlap(renewal, seen));
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

function isRenewed(seen: Seen): boolean {
  const newer = seen.said('refresh_token');
  return newer !== undefined && newer !== seen.get('refresh_token');
}
