import { setTimeout as sleep } from 'node:timers/promises';
import type { WriteStream } from 'node:tty';

/** The part of a terminal's stream that lines need. */
export type Terminal = Pick<WriteStream, 'hasColors'> & {
  write(text: string, written: (error?: Error | null) => void): boolean;
};

/** Maximum number of lines that wait while the terminal takes earlier ones. */
const mostWaiting = 500;
/** Time that a terminal has for the last lines, and the interval of looking whether it took them, in milliseconds. */
const lastLinesMs = 500;
const lookMs = 10;

/**
 * Writes lines to a terminal that may be slow, or stopped with Ctrl+S. Lines wait while earlier ones are written, and
 * are then written together. Lines above the limit are left out and counted.
 */
export class TerminalLines {
  readonly #terminal: Terminal;
  #waiting: string[] = [];
  #leftOut = 0;
  #isWriting = false;
  #scheduled: NodeJS.Immediate | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    waitForNothing(terminal);
  }

  /** Adds a line. `make` is not called if the line is left out. */
  add(make: () => string): void {
    if (this.#waiting.length >= mostWaiting) {
      this.#leftOut += 1;
      return;
    }
    this.#waiting.push(make());
    // once for all requests that end in this turn of the event loop
    this.#scheduled ??= setImmediate(() => {
      this.#flush();
    });
  }

  /** Writes the last lines. Resolves to whether the terminal took them; one that is stopped does not. */
  async end(): Promise<boolean> {
    this.#flush();
    for (let waitedMs = 0; this.#isWriting && waitedMs < lastLinesMs; waitedMs += lookMs) await sleep(lookMs);
    return !this.#isWriting;
  }

  /** Writes the lines that wait, unless the terminal has not taken the earlier ones. */
  #flush(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    if (this.#isWriting || this.#waiting.length === 0) return;
    const lines = this.#leftOut === 0 ? this.#waiting : [...this.#waiting, `… ${this.#leftOut} lines left out`];
    this.#waiting = [];
    this.#leftOut = 0;
    this.#isWriting = true;
    this.#terminal.write(`${lines.join('\n')}\n`, () => {
      this.#isWriting = false;
      this.#flush();
    });
  }
}

/**
 * Node writes to a terminal synchronously: a terminal that is stopped would stop the server. Node has no public call
 * for this. The handle has a file description of its own, so other programs at the terminal are not affected.
 */
export function waitForNothing(
  terminal: Terminal & { readonly _handle?: { setBlocking?(blocking: boolean): void } },
): void {
  terminal._handle?.setBlocking?.(false);
}
