import { executionAsyncResource } from 'node:async_hooks';

let kept: object | undefined;

/**
 * Keeps one of the objects that Node makes for `process.nextTick`. V8 forgets the shape of these objects if a garbage
 * collection finds none of them, and Node's own code, which makes several for each request, then takes a slow way until
 * the process ends: two of twenty microseconds of a call (docs/decisions/0022-what-a-request-costs.md).
 */
export function keepTickShape(): void {
  process.nextTick(() => {
    kept = executionAsyncResource();
  });
}

/** The object that is kept. Undefined before the first tick after the start of the program. */
export const keptTick = (): object | undefined => kept;
