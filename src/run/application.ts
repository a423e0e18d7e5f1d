import { setTimeout } from 'node:timers/promises';
import { UsageError } from '../config/option.js';
import { whyUnanswered } from '../input/fetch-error.js';
import { timeLimit } from '../input/time-limit.js';
import { KeptOutput } from './kept-output.js';
import { ProcessGroup } from './process-group.js';
import type { Environment } from '../config/option.js';
import type { CommandToRun } from './process-group.js';

/** Interval of asking whether the application is ready, in milliseconds. */
const askMs = 100;

/** Maximum number of lines that are shown of an application that did not start. */
const lineLimit = 20;

/** When an application is ready. */
export interface Readiness {
  readonly url: string;
  /** Whether an answer with this status means that it is ready. */
  readonly accepts: (status: number) => boolean;
  /** Maximum time until it is ready, in milliseconds. */
  readonly timeoutMs: number;
}

/** How an application is started. */
export interface ApplicationOptions {
  readonly command: CommandToRun;
  readonly env: Environment;
  readonly ready: Readiness;
  /** Gets each line that it writes. */
  readonly tell: (line: string) => void;
  /** Ends the wait for the application. */
  readonly signal: AbortSignal;
  /** Ends the application without time to finish. */
  readonly atOnce: AbortSignal;
}

/** An application that serves HTTP: it is started, restarted and ended together with all of its processes. */
export class Application {
  readonly #options: ApplicationOptions;
  readonly #output: KeptOutput;
  #group: ProcessGroup | undefined;
  #changes: Environment = {};

  constructor(options: ApplicationOptions) {
    this.#options = options;
    this.#output = new KeptOutput(lineLimit, options.tell);
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @throws UsageError if it ends before, does not answer in time, or another program answers in its place
   */
  async start(): Promise<void> {
    const { command, env, ready, signal } = this.#options;
    signal.throwIfAborted();
    if ((await this.#ask()) === undefined) {
      throw new UsageError(`something answers at ${ready.url} before the application was started; end that first`);
    }
    const write = (text: string): void => {
      this.#output.add(text);
    };
    this.#group = await ProcessGroup.start(command, { env: { ...env, ...this.#changes }, write });
    this.#group.endInput();
    try {
      await this.#untilReady(this.#group);
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  /** Ends it, and starts it again. `changes` are variables with other values, until the next restart with others. */
  async restart(changes: Environment = this.#changes): Promise<void> {
    this.#changes = changes;
    await this.end();
    await this.start();
  }

  /** Whether it was started and has not ended. */
  get isRunning(): boolean {
    return this.#group?.isRunning === true;
  }

  /** Ends it with all of its processes. */
  async end(): Promise<void> {
    await this.#group?.end(this.#options.atOnce);
    this.#group = undefined;
  }

  /** What it wrote since the last call: at most a million characters. */
  takeOutput(): string {
    return this.#output.take();
  }

  /** The last lines that it wrote. */
  get lastLines(): readonly string[] {
    return this.#output.lastLines;
  }

  async #untilReady(group: ProcessGroup): Promise<void> {
    const { ready, signal } = this.#options;
    const settled = new AbortController();
    const ended = group.exit.then((code) => {
      throw new UsageError(`the application ended with exit code ${code} before it answered at ${ready.url}`);
    });
    using limit = timeLimit(ready.timeoutMs, signal, settled.signal);
    try {
      await Promise.race([ended, this.#untilAnswer(limit.signal)]);
    } finally {
      settled.abort();
    }
  }

  async #untilAnswer(limit: AbortSignal): Promise<void> {
    const { url, timeoutMs } = this.#options.ready;
    for (let why = 'it gives no answer'; ;) {
      const found = await this.#ask(limit);
      if (found === undefined) return;
      if (limit.aborted) {
        throw new UsageError(`the application was not ready at ${url} within ${timeoutMs / 1000} s: ${why}`);
      }
      why = found;
      await setTimeout(askMs);
    }
  }

  /** @returns why the application is not ready; undefined if it is */
  async #ask(limit: AbortSignal = AbortSignal.timeout(askMs * 10)): Promise<string | undefined> {
    const { url, accepts } = this.#options.ready;
    try {
      const { status, body } = await fetch(url, { redirect: 'manual', signal: limit });
      await body?.cancel();
      return accepts(status) ? undefined : `its status is ${status}`;
    } catch (error) {
      return whyUnanswered(error);
    }
  }
}
