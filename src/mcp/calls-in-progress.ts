import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

/** Time that calls have to end after the assistant left, in milliseconds. Then they are cancelled. */
const lastCallsMs = 3000;

/** Time that cancelled calls have to end, in milliseconds. */
const cancelledMs = 1500;

/** The calls of tools that have not ended. */
export class CallsInProgress {
  readonly #calls = new Map<Promise<unknown>, AbortController>();

  /** Makes a call. The signal that it gets aborts with that of its request, and when the calls are cancelled. */
  async run<T>(request: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    request.throwIfAborted();
    // in Node 20, a signal of AbortSignal.any can be collected as garbage before it aborts
    const controller = new AbortController();
    request.addEventListener('abort', () => {
      controller.abort(cancelled());
    });
    const running = call(controller.signal);
    this.#calls.set(running, controller);
    try {
      return await running;
    } finally {
      this.#calls.delete(running);
    }
  }

  /**
   * Waits for the calls to end: a script can write all its calls at once. Those that take long are cancelled, and at
   * once if the program must stop.
   *
   * @returns whether all have ended
   */
  async end(stopped: Promise<unknown>): Promise<boolean> {
    // the SDK begins the call of a message that was read in a later microtask
    await setImmediate();
    await Promise.race([this.#ended(), sleep(lastCallsMs, undefined, { ref: false }), stopped]);
    for (const controller of this.#calls.values()) controller.abort(cancelled());
    await Promise.race([this.#ended(), sleep(cancelledMs, undefined, { ref: false })]);
    return this.#calls.size === 0;
  }

  #ended(): Promise<unknown> {
    return Promise.allSettled(this.#calls.keys());
  }
}

const cancelled = (): Error => new Error('the call was cancelled');
