import { signalCode } from '../run/child.js';
import type { HeldSignals } from '../run/held-signals.js';

/** The signals that end a run: the first one in order, a second one at once. */
export class Interruption {
  #first: NodeJS.Signals | undefined;
  readonly #inOrder = new AbortController();
  readonly #atOnce = new AbortController();

  constructor(signals: HeldSignals) {
    if (signals.early !== undefined) this.#come(signals.early);
    signals.listen((signal) => {
      this.#come(signal);
    });
  }

  /** The first signal. Undefined: none came. */
  get first(): NodeJS.Signals | undefined {
    return this.#first;
  }

  /** The exit code after a signal. Undefined: none came. */
  get exitCode(): number | undefined {
    return this.#first === undefined ? undefined : signalCode(this.#first);
  }

  /** Aborted by the first signal. */
  get inOrder(): AbortSignal {
    return this.#inOrder.signal;
  }

  /** Aborted by the second signal. */
  get atOnce(): AbortSignal {
    return this.#atOnce.signal;
  }

  #come(signal: NodeJS.Signals): void {
    if (this.#first !== undefined) this.#atOnce.abort();
    this.#first ??= signal;
    this.#inOrder.abort(new Error(`it was ended by ${this.#first}`));
  }
}
