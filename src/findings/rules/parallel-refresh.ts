import { familyOf, groupBy, pairs } from '../evidence.js';
import { overlaps } from '../timing.js';
import { tokenKey } from './stale-refresh-token.js';
import { defineRule } from '../rule.js';

export const parallelRefresh = defineRule({
  id: 'parallel-refresh',
  severity: 'error',
  verdict:
    'Two refreshes with one refresh token were under way at once: where tokens rotate, one of them loses, or both.',
  clause: 'RFC 6749 §6; RFC 9700 §4.14.2',
  advice:
    'Let the first caller refresh and all others wait for its result: one promise, or one lock, for each token family.',
  spares:
    'Speaks only where the two overlap in real time, which the scenario probe-parallel-refresh makes certain; a warning where the provider keeps refresh tokens.',
  judge: ({ refreshes }) =>
    [...groupBy(refreshes, tokenKey).values()].flatMap((sent) =>
      pairs(sent)
        .filter(([first, second]) => overlaps(first, second))
        .map(([first, second]) => ({
          by: [first, second],
          family: familyOf(first),
          says: 'The second refresh came before the first was answered.',
          ...(first.policy.refreshRotation === 'keep' ? { severity: 'warning' as const } : {}),
        })),
    ),
});
