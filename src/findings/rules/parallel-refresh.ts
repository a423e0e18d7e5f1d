import { familyOf, groupBy, pairs } from '../evidence.js';
import { overlaps } from '../timing.js';
import { tokenKey } from './stale-refresh-token.js';
import { defineRule } from '../rule.js';

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
    'Reported only if the requests overlap in real time, which the scenario probe-parallel-refresh ensures. A ' +
    'warning if the provider does not rotate refresh tokens.',
  judge: ({ refreshes }) =>
    [...groupBy(refreshes, tokenKey).values()].flatMap((sent) =>
      pairs(sent)
        .filter(([first, second]) => overlaps(first, second))
        .map(([first, second]) => ({
          by: [first, second],
          roles: ['the first refresh', 'the same token, before the first was answered'],
          family: familyOf(first),
          says: 'The second refresh request arrived before the first was answered.',
          ...(first.policy.refreshRotation === 'keep' ? { severity: 'warning' as const } : {}),
        })),
    ),
});
