import { Type } from 'typebox';
import { millisecondsOf, secondsOf } from '../../input/duration.js';
import { Wait, defineKind, mistakeIn } from '../fault.js';
import type { Exchange } from '../fault.js';

/** A normally distributed random number with mean 0 and standard deviation 1 (Box-Muller transform). */
function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

interface Parameters {
  readonly for?: string;
  readonly uniform?: readonly [string, string];
  readonly logNormal?: { readonly median: string; readonly sigma: number; readonly max: string };
}

function drawMs({ for: fixed = '0s', uniform, logNormal }: Parameters, { chance }: Exchange): number {
  if (uniform !== undefined) {
    const [a, b] = uniform.map(millisecondsOf) as [number, number];
    return a + (b - a) * chance();
  }
  if (logNormal === undefined) return millisecondsOf(fixed);
  return Math.min(
    millisecondsOf(logNormal.max),
    millisecondsOf(logNormal.median) * Math.exp(logNormal.sigma * normal(chance)),
  );
}

export const delay = defineKind({
  name: 'delay',
  sees: 'the right answer, late',
  happens: true,
  parameters: {
    for: Type.Optional(Wait),
    uniform: Type.Optional(
      Type.Unsafe<readonly [string, string]>({
        type: 'array',
        items: Wait,
        minItems: 2,
        maxItems: 2,
        description: 'A random duration between these two, uniformly distributed',
      }),
    ),
    logNormal: Type.Optional(
      Type.Object(
        {
          median: Wait,
          sigma: Type.Number({ minimum: 0, maximum: 5, description: 'How much the waits differ; 0: not at all' }),
          max: Wait,
        },
        {
          additionalProperties: false,
          description: 'A random duration, usually near the median and sometimes much longer, as in networks',
        },
      ),
    ),
  },
  example: { kind: 'delay', for: '2s' },
  mistake({ kind: _, ...fault }) {
    if (Object.keys(fault).length !== 1) return 'a delay needs one of for, uniform, logNormal, and only one';
    const [least = 0, most = 0] = (fault.uniform ?? []).map(secondsOf);
    if (least > most) return mistakeIn('uniform', 'needs the shorter duration first');
    const { median = '0s', max = '0s' } = fault.logNormal ?? {};
    return secondsOf(median) > secondsOf(max)
      ? mistakeIn('logNormal.max', 'is below the median, so that nearly every delay would be the max')
      : undefined;
  },
  play: (fault) => ({
    async after(answer, exchange) {
      await exchange.wait(drawMs(fault, exchange));
      return { do: 'send', answer };
    },
  }),
});
