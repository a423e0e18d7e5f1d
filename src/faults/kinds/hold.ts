import { Type } from 'typebox';
import { millisecondsOf } from '../../input/duration.js';
import { Wait, defineKind } from '../fault.js';

export const hold = defineKind({
  name: 'hold',
  sees:
    'the right answer, as soon as enough requests wait or the rule is released. All of them then continue ' +
    'at once, in order of arrival',
  happens: true,
  parameters: {
    until: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'Number of waiting requests at which all continue; left out: they wait until the rule is released',
      }),
    ),
    atMost: Type.Optional(
      Type.Unsafe<string>({
        ...Wait,
        description: 'The longest wait of the first request, at most 10m: 500ms, 2s; left out: no limit',
      }),
    ),
  },
  example: { kind: 'hold', until: 2 },
  mistake: ({ until = 0 }, { times = Infinity }) =>
    until > times
      ? { parameter: 'until', message: `waits for ${until} requests, and times ends the rule at ${times}` }
      : undefined,
  play: ({ until = Infinity, atMost }) => ({
    async before({ gather }) {
      await gather(until, atMost === undefined ? undefined : millisecondsOf(atMost));
      return { do: 'go-on' };
    },
  }),
});
