import { defineKind } from '../fault.js';
import { after, delay, replacing } from '../replacement.js';
import type { Answer } from '../../input/answer.js';

const empty: Answer = { status: 200, headers: {}, body: '' };

export const replay = defineKind({
  name: 'replay',
  sees:
    'the previous answer of this provider and endpoint again, as from a cache. Without a previous answer, ' +
    'the next rule is tried',
  happens: 'after',
  repeatsAnswer: true,
  parameters: { after, delay },
  example: { kind: 'replay' },
  play: (fault) => replacing(fault, ({ previous }) => ({ do: 'send', answer: previous() ?? empty })),
});
