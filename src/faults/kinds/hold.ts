import { Type } from 'typebox';
import { defineKind } from '../fault.js';

export const hold = defineKind({
  name: 'hold',
  sees: 'the right answer, once so many requests stand in line, or once the rule is released: all of them then go at once, in the order in which they came',
  happens: true,
  parameters: { until: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'How many requests make a full line; left out: they wait to be released' })) },
  example: { kind: 'hold', until: 2 },
  play: ({ until = Infinity }) => ({
    async before({ gather }) {
      await gather(until);
      return { do: 'go-on' };
    },
  }),
});
