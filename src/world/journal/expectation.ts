import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { MatchSchema } from './match.js';
import type { Static } from 'typebox';
import type { Mistake } from '../../input/mistake.js';

const whole = Type.Integer({ minimum: 0, maximum: 1_000_000 });

/** An expectation: how many entries match, or in which order entries occur. It has at least one of the two. */
export const ExpectationSchema = Type.Object(
  {
    match: Type.Optional(described('The entries that are counted', MatchSchema)),
    count: Type.Optional(
      Type.Union(
        [
          whole,
          Type.Object(
            {
              atLeast: Type.Optional(described('The smallest number that passes. Default: 0', whole)),
              atMost: Type.Optional(described('The greatest number that passes. Default: no limit', whole)),
            },
            { additionalProperties: false, minProperties: 1 },
          ),
        ],
        { description: 'a whole number, or { atLeast, atMost }; default: at least 1' },
      ),
    ),
    order: Type.Optional(
      Type.Array(MatchSchema, {
        minItems: 2,
        maxItems: 50,
        description: 'Entries that must occur in this order. Other entries may occur between them',
      }),
    ),
  },
  { additionalProperties: false },
);

export type Expectation = Static<typeof ExpectationSchema>;

/** Mistakes in an expectation that the schema cannot express: missing conditions and contradictions. */
export function expectationConflicts({ match, count, order }: Expectation): Mistake[] {
  if (match === undefined && order === undefined) {
    return [{ path: 'match', message: 'is required unless order is given' }];
  }
  if (match === undefined && count !== undefined) {
    return [{ path: 'count', message: 'requires match: the entries of order are not counted' }];
  }
  const { atLeast, atMost } = countBounds(count);
  return atLeast > atMost ? [{ path: 'count', message: `expects at least ${atLeast} and at most ${atMost}` }] : [];
}

/** The inclusive range of a count; without a count at least 1. */
export function countBounds(count: Expectation['count']): { atLeast: number; atMost: number } {
  if (count === undefined) return { atLeast: 1, atMost: Infinity };
  if (typeof count === 'number') return { atLeast: count, atMost: count };
  return { atLeast: count.atLeast ?? 0, atMost: count.atMost ?? Infinity };
}
