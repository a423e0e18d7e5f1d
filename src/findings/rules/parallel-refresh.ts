import { isKept } from '../../core/refresh-life.js';
import { familyOf, groupBy, pairs } from '../evidence.js';
import { overlaps } from '../timing.js';
import { tokenKey } from './stale-refresh-token.js';
import { defineRule } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const parallelRefresh = defineRule({
  id: 'parallel-refresh',
  severity: 'error',
  verdict:
    'Two refreshes with the same refresh token were in progress at the same time. With rotating tokens, one ' +
    'or both of them fail.',
  clause: 'RFC 6749 §6; RFC 9700 §4.14.2',
  advice:
    'Let the first caller refresh and the others wait for its result: use one promise or one lock for each ' +
    'token family.',
  spares:
    'Reported only if the requests overlap in real time, which the scenario probe-parallel-refresh ensures. Not ' +
    'reported if the policy of the provider keeps the token good (refreshRotation keep, refreshRotationAfter, ' +
    'refreshGrace), and neither was refused because it was replaced.',
  judge: ({ refreshes }) =>
    [...groupBy(refreshes, tokenKey).values()].flatMap((sent) =>
      pairs(sent)
        .filter(([first, second]) => overlaps(first, second) && !staysGood(first, second))
        .map(([first, second]) => ({
          by: [first, second],
          roles: ['the first refresh', 'the same token, before the first was answered'],
          family: familyOf(first),
          says: 'The second refresh request arrived before the first was answered.',
        })),
    ),
});

/** Whether both refreshes succeed by the policy, in either order. */
function staysGood(first: ObservedRequest, second: ObservedRequest): boolean {
  if ([first, second].some(({ entry }) => entry.reason === 'refresh.replaced')) return false;
  const { policy, realm } = first;
  if (policy.refreshRotation === 'keep') return true;
  // `retire-previous-on-first-use` replaces no token, so no grace begins
  if (policy.refreshGraceSeconds > 0 && policy.refreshRotation !== 'retire-previous-on-first-use') return true;
  const token = realm.refreshTokens.get(String(first.parameter('refresh_token')));
  return token !== undefined && isKept(policy, token, second.entry.at);
}
