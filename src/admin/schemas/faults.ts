import { Type } from 'typebox';
import { RuleSchema, RuleStateSchema } from '../../faults/rule.js';
import { listOf } from './list.js';
import type { Static } from 'typebox';
import type { Rule } from '../../faults/rule.js';

/** Body of the call that adds faults. */
export const AddFaultsBody = Type.Unsafe<Rule | readonly Rule[]>({
  description: 'A fault, or a list of faults. If one is invalid, none is added',
  if: { type: 'array' },
  then: { type: 'array', items: RuleSchema },
  else: RuleSchema,
});

/** A page of faults. */
export const FaultsView = listOf({
  faults: Type.Array(RuleStateSchema, { description: 'The faults, in the order in which they are tried' }),
});
export type FaultList = Static<typeof FaultsView>;

/** The added fault or list of faults, as in the body. */
export const AddedFaultsView = Type.Union([RuleStateSchema, FaultsView], {
  description: 'The added fault. If the body is a list: { faults, total }',
});

/** How many requests a fault of the kind `hold` released. */
export const ReleasedView = Type.Object({ released: Type.Integer({ description: 'Number of requests that went on' }) });
export type Released = Static<typeof ReleasedView>;
