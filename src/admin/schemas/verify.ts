import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { EntrySchema } from './journal.js';
import type { Static } from 'typebox';

/** A member in which an entry differs from a match. */
export const DifferenceSchema = Type.Object({
  field: Type.String({ description: 'The member of the match' }),
  expected: Type.Unknown({ description: 'The value in the match' }),
  actual: Type.Unknown({ description: 'The value in the entry; null: none' }),
});
export type Difference = Static<typeof DifferenceSchema>;

/** How many entries were expected. */
export const ExpectedCount = Type.Object({
  atLeast: Type.Integer({ description: 'The smallest number that passes' }),
  atMost: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: no limit' }),
});

/** The result of comparing the journal with an expectation. */
export const VerdictView = Type.Object({
  passed: Type.Boolean({ description: 'Whether the journal meets the expectation' }),
  actual: Type.Integer({ description: 'Number of matching entries; with order, number of steps found' }),
  expected: described('The number of entries that it expects', ExpectedCount),
  matched: Type.Array(EntrySchema, {
    description: 'The newest entries that match, at most three, oldest first. With order, those of the steps found',
  }),
  nearMisses: Type.Array(
    Type.Object({
      entry: described('The entry', EntrySchema),
      differences: Type.Array(DifferenceSchema, { description: 'Where it differs from the match' }),
    }),
    { description: 'If too few match: the entries with the fewest differences, at most three' },
  ),
  hints: Type.Array(Type.String(), {
    description: 'For a failure: words of the match that no provider knows, with those that were probably meant',
  }),
  dropped: Type.Integer({
    description: 'Number of entries dropped because of the limit of the journal. They were not compared',
  }),
});
export type Verdict = Static<typeof VerdictView>;
