import { Type } from 'typebox';
import { Duration } from '../../providers/policy/schema.js';
import { argumentsOf, defineTool, inWorld, worldOf } from '../tool.js';

/** The tool for virtual time. */
export const clockTools = [
  defineTool({
    name: 'advance_clock',
    title: 'Advance the clock',
    description:
      'Advances the virtual clock of a world, so that codes and tokens expire at once instead of in an hour. The ' +
      'answer lists what expired. Then make the application call the API, and see by read_journal whether it ' +
      'refreshed.',
    effect: 'changes',
    input: argumentsOf({
      ...inWorld,
      by: Type.Union([Type.Literal('next-expiry'), Duration], {
        description: 'A duration: 90s, 61m, 2h30m, 1d; or next-expiry: to the next time at which something expires',
      }),
    }),
    async run({ by, ...args }, context) {
      const { expired, ...clock } = await worldOf(context, args).clock.advance(by);
      return { ...clock, expired: expired.map(({ value: _, ...rest }) => rest) };
    },
  }),
];
