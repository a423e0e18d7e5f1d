import { Type } from 'typebox';
import { FaultSchema, RuleSchema } from '../../faults/rule.js';
import { argumentsOf, defineTool, inWorld, worldOf } from '../tool.js';
import type { FaultRule } from '../../client/index.js';

/** Tools about faults: answers that go wrong on demand. */
export const faultTools = [
  defineTool({
    name: 'add_fault',
    title: 'Add a fault',
    description:
      'Makes answers of a provider go wrong: {"match":{"endpoint":"token","grantType":"refresh_token"},"times":1,' +
      '"fault":{"kind":"rate-limit","retryAfter":2}}. The first fault that matches a request applies. For several in ' +
      'turn, add several with times 1. With "after" the request has its effect and only the answer is lost. If ' +
      'the resource understudy://docs/reference/faults.md is listed, it explains every kind.',
    effect: 'changes',
    input: argumentsOf({ ...inWorld, ...RuleSchema.properties, fault: FaultSchema }),
    run: ({ world, ...rule }, { understudy }) => understudy.world(world).faults.add(rule as FaultRule),
  }),
  defineTool({
    name: 'list_faults',
    title: 'List the faults',
    description: 'Lists the faults of a world in the order in which they are tried, and how often each was applied.',
    effect: 'reads',
    input: argumentsOf(inWorld),
    run: (args, context) => worldOf(context, args).faults.list(),
  }),
  defineTool({
    name: 'remove_fault',
    title: 'Remove faults',
    description: 'Removes a fault, or all faults of a world. Requests that they hold continue.',
    effect: 'removes',
    input: argumentsOf({
      ...inWorld,
      id: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Id of the fault. Default: all' })),
    }),
    async run({ id, ...args }, context) {
      const { faults } = worldOf(context, args);
      await (id === undefined ? faults.clear() : faults.remove(id));
      return { faults: await faults.list() };
    },
  }),
];
