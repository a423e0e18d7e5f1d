import { Type } from 'typebox';
import { EntrySchema } from './journal.js';
import type { Static } from 'typebox';

/** A member in which an entry differs from a match. */
export const DifferenceSchema = Type.Object({
  field: Type.String(),
  expected: Type.Unknown(),
  actual: Type.Unknown(),
});
export type Difference = Static<typeof DifferenceSchema>;

/** How many entries were expected. */
export const ExpectedCount = Type.Object({
  atLeast: Type.Integer(),
  atMost: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: no limit' }),
});

/** The result of comparing the journal with an expectation. */
export const VerdictView = Type.Object({
  passed: Type.Boolean(),
  actual: Type.Integer({ description: 'Number of matching entries; with order, number of steps found' }),
  expected: ExpectedCount,
  nearMisses: Type.Array(Type.Object({ entry: EntrySchema, differences: Type.Array(DifferenceSchema) }), {
    description: 'The entries with the fewest differences',
  }),
  dropped: Type.Integer({
    description: 'Number of entries dropped because of the limit of the journal. They were not compared',
  }),
});
export type Verdict = Static<typeof VerdictView>;
