import { ruleLimit } from '../../faults/script.js';
import { definitionLimit } from './schema/scenario.js';
import type { Mistake } from '../../input/mistake.js';
import type { Scenario } from './schema/scenario.js';

/** Mistakes in a scenario that has more than a world may have, with what it inherits. */
export function tooMany({ faults = [], definitions = {} }: Scenario): Mistake[] {
  const counts = [
    { path: 'faults', called: 'faults', count: faults.length, limit: ruleLimit },
    { path: 'definitions', called: 'definitions', count: Object.keys(definitions).length, limit: definitionLimit },
  ];
  return counts
    .filter(({ count, limit }) => count > limit)
    .map(({ path, called, count, limit }) => ({
      path,
      message: `are ${count}, including inherited ${called}; the limit is ${limit}`,
    }));
}
