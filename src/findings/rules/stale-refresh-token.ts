import { familyOf, groupBy } from '../evidence.js';
import { wasGranted } from '../flow.js';
import { overlaps } from '../timing.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const staleRefreshToken = defineRule({
  id: 'stale-refresh-token',
  severity: 'error',
  verdict: 'A refresh token was sent after a new one had replaced it.',
  clause: 'RFC 6749 §6; RFC 9700 §4.14.2',
  advice:
    'Store the new refresh token with the access token before using either. Refresh in only one place of the ' +
    'client.',
  spares:
    'Not reported if the client did not receive the whole answer with the new token or had reason to reject ' +
    'it, or if the provider does not rotate refresh tokens. A warning if the provider never refused the old ' +
    'token.',
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
      roles: ['the token was replaced here', 'the old token was sent'],
      family: familyOf(renewal),
      says:
        'Refreshes with the old token after the new one was issued: ' +
        `${again.length}${refused ? '' : ', none of them refused'}.`,
      ...(refused ? {} : { severity: 'warning' as const }),
    },
  ];
}

function isRenewed(seen: ObservedRequest): boolean {
  const newer = seen.receivedText('refresh_token');
  return newer !== undefined && newer !== seen.parameter('refresh_token');
}
