import { Type } from 'typebox';
import { RuleSchema, RuleStateSchema } from '../../faults/rule.js';
import { listOf } from './list.js';
import type { Static } from 'typebox';
import type { Rule } from '../../faults/rule.js';

/** Body of the call that adds faults. */
export const AddFaultsBody = Type.Unsafe<Rule | readonly Rule[]>({
  description: 'A fault, or a list of faults: all are added, or none',
  if: { type: 'array' },
  then: { type: 'array', items: RuleSchema },
  else: RuleSchema,
});

/** A page of faults. */
export const FaultsView = listOf({ faults: Type.Array(RuleStateSchema) });
export type FaultList = Static<typeof FaultsView>;

/** What was added: one fault for one fault, a list for a list. */
export const AddedFaultsView = Type.Union([RuleStateSchema, FaultsView], {
  description: 'The fault as it was added; for a list: { faults, total }',
});

/** How many requests a fault of the kind `hold` released. */
export const ReleasedView = Type.Object({ released: Type.Integer() });
export type Released = Static<typeof ReleasedView>;
