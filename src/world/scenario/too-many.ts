import { ruleLimit } from '../../faults/script.js';
import { definitionLimit, expectationLimit, realmLimit, suppressionLimit } from './schema/scenario.js';
import type { Mistake } from '../../input/mistake.js';
import type { Scenario } from './schema/scenario.js';

/** Mistakes in a scenario that has more than a world may have, with what it inherits. */
export function tooMany(scenario: Scenario): Mistake[] {
  const { faults = [], definitions = {}, providers = {}, expect = [], suppress = [] } = scenario;
  const counts = [
    { path: 'faults', list: faults, limit: ruleLimit },
    { path: 'definitions', list: Object.keys(definitions), limit: definitionLimit },
    { path: 'expect', list: expect, limit: expectationLimit },
    { path: 'suppress', list: suppress, limit: suppressionLimit },
    ...Object.entries(providers).flatMap(([name, { clients = [], users = [], resources = [] }]) =>
      Object.entries({ clients, users, resources }).map(([member, list]) => ({
        path: `providers.${name}.${member}`,
        list,
        limit: realmLimit,
      })),
    ),
  ];
  return counts
    .filter(({ list, limit }) => list.length > limit)
    .map(({ path, list, limit }) => ({
      path,
      message: `are ${list.length}, including inherited ${path.split('.').at(-1)}; the limit is ${limit}`,
    }));
}
