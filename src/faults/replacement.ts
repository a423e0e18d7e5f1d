import { Type } from 'typebox';
import { millisecondsOf } from '../input/duration.js';
import { Wait } from './fault.js';
import type { Behaviour, Ending, Exchange } from './fault.js';

/** Parameter of kinds that replace the answer: the effect happens first. */
export const after = Type.Optional(
  Type.Boolean({
    description:
      'True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect',
  }),
);

/** Parameter of kinds that replace the answer: the client waits for it. */
export const delay = Type.Optional(
  Type.Unsafe<string>({
    ...Wait,
    description: 'The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once',
  }),
);

/** Ends a request in place of its answer: before its effect, or with `after` after it; at once, or after a delay. */
export function replacing(
  fault: { readonly after?: boolean; readonly delay?: string },
  end: (exchange: Exchange) => Ending,
): Behaviour {
  const { delay: time } = fault;
  const act =
    time === undefined
      ? end
      : async (exchange: Exchange): Promise<Ending> => {
          await exchange.wait(millisecondsOf(time));
          return end(exchange);
        };
  return fault.after === true ? { after: (_answer, exchange) => act(exchange) } : { before: act };
}
