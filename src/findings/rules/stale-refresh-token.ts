import { familyOf, groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { overlaps } from '../timing.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const staleRefreshToken = defineRule({
  id: 'stale-refresh-token',
  severity: 'error',
  verdict: 'An old refresh token was sent after a newer one had been issued in its place.',
  clause: 'RFC 6749 §6; RFC 9700 §4.14.2',
  advice:
    'Store the new refresh token together with the access token before anything else. Let only one place ' + 'refresh.',
  spares:
    'Not reported if the answer with the new token did not reach the client completely or could be ' +
    'distrusted, or if the provider does not rotate refresh tokens. A warning if the provider never refused ' +
    'the old token.',
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
      says:
        'Refreshes with the old token after the newer was answered: ' +
        `${again.length}${refused ? '' : ', none of them refused'}.`,
      ...(refused ? {} : { severity: 'warning' as const }),
    },
  ];
}

function isRenewed(seen: ObservedRequest): boolean {
  const newer = seen.receivedText('refresh_token');
  return newer !== undefined && newer !== seen.parameter('refresh_token');
}
