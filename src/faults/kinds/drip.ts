import { Type } from 'typebox';
import { millisecondsOf } from '../../input/duration.js';
import { Wait, defineKind } from '../fault.js';

export const drip = defineKind({
  name: 'drip',
  sees:
    'the right answer, its body one byte at a time. An answer without a body, such as a redirect, arrives ' + 'at once',
  happens: true,
  arrivesInPart: true,
  parameters: {
    every: Type.Optional(
      Type.Unsafe<string>({
        ...Wait,
        description: 'The time between two bytes, at most 10m: 50ms, 2s; left out: 100ms',
      }),
    ),
  },
  example: { kind: 'drip', every: '50ms' },
  play: ({ every = '100ms' }) => ({
    after: (answer) => ({
      do: 'drip',
      answer: { ...answer, headers: { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) } },
      everyMs: millisecondsOf(every),
    }),
  }),
});
