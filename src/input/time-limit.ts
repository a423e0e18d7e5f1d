import { setMaxListeners } from 'node:events';

/** A signal for work that may take a limited time. Its disposal ends the watch, without aborting. */
export interface TimeLimit extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Limits work to a real time in milliseconds, and to the life of other signals. The reason of the signal is a
 * TimeoutError, or that of the other signal.
 *
 * `AbortSignal.any` does not do it: in Node 20, its signal and those of `AbortSignal.timeout` can be collected as
 * garbage before they abort, and the work goes on for ever.
 */
export function timeLimit(ms: number, ...others: readonly AbortSignal[]): TimeLimit {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  }, ms);
  const watches = others.map((other) => {
    const end = (): void => {
      controller.abort(other.reason);
    };
    if (other.aborted) end();
    allowListeners(other);
    other.addEventListener('abort', end);
    return { other, end };
  });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const { other, end } of watches) other.removeEventListener('abort', end);
    },
  };
}

/** Allows any number of listeners: there is one for each work in progress, so many are no leak. */
function allowListeners(signal: AbortSignal): void {
  try {
    setMaxListeners(0, signal);
  } catch {
    // a signal that is not of Node, such as that of jsdom, warns of no leak
  }
}
