import { setImmediate as nextTurn } from 'node:timers/promises';
import { steadyNow } from './clock.js';

/** A long computation. It yields between its steps: requests can be served there. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** How long one turn of the event loop may work, in milliseconds. */
const sliceMs = 10;

/** Runs a computation in slices of time, between which requests are served. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  return (await inSlicesWhile(steps, () => true)) as T;
}

/** As `inSlices`, but ends without a result when a slice would begin and the result is no longer wanted. */
export async function inSlicesWhile<T>(steps: Steps<T>, isWanted: () => boolean): Promise<T | undefined> {
  while (isWanted()) {
    const end = steadyNow() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (steadyNow() < end);
    await nextTurn();
  }
  return undefined;
}
