import { defineKind } from '../fault.js';
import type { Answer } from '../../input/answer.js';

const empty: Answer = { status: 200, headers: {}, body: '' };

export const replay = defineKind({
  name: 'replay',
  sees:
    'the previous answer of this provider and endpoint again, as from a cache. Without a previous answer, ' +
    'the next rule is tried',
  happens: false,
  repeatsAnswer: true,
  parameters: {},
  example: { kind: 'replay' },
  play: () => ({ before: ({ previous }) => ({ do: 'answer', answer: previous() ?? empty }) }),
});
