import { executionAsyncResource } from 'node:async_hooks';

let kept: object | undefined;

/**
 * One of the objects that Node makes for `process.nextTick`. Undefined before the first tick after the start of the
 * program. V8 forgets the shape of these objects if a garbage collection finds none of them, and Node's own code, which
 * makes several for each request, then takes a slow way until the process ends: two of twenty microseconds of a call
 * (docs/decisions/0022-what-a-request-costs.md).
 */
export const keptTick = (): object | undefined => kept;

// when the program is loaded and not when a server opens: the object also keeps the async context of its maker
process.nextTick(() => {
  kept = executionAsyncResource();
});
