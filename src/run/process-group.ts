import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import spawn from 'cross-spawn';
import { timeLimit } from '../input/time-limit.js';
import { notStarted, signalCode } from './child.js';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Environment } from '../config/option.js';

/** A text for the shell, or a program with its arguments. */
export type CommandToRun = string | readonly string[];

/** Time between SIGTERM and SIGKILL, in milliseconds. */
const graceMs = 5000;

/** How a process is started. */
export interface ProcessOptions {
  readonly env: Environment;
  /** Gets what the processes write to their standard output and error. */
  readonly write: (text: string, stream: 'stdout' | 'stderr') => void;
}

/** A process, and all processes that it starts and that stay in its group. */
export class ProcessGroup {
  /** The exit code, or 128 and the number of the signal that ended the process. */
  readonly exit: Promise<number>;
  readonly #child: ChildProcessWithoutNullStreams;
  /** Settles when the process has ended and nobody has its output open any more. */
  readonly #closed: Promise<unknown>;
  #hasExited = false;

  private constructor(child: ChildProcessWithoutNullStreams, write: ProcessOptions['write']) {
    this.#child = child;
    this.#closed = new Promise((resolve) => child.once('close', resolve));
    this.exit = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#hasExited = true;
        resolve(signal === null ? Number(code) : signalCode(signal));
      });
    });
    // of a signal that cannot be sent, for example to a program of another user
    child.on('error', () => undefined);
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        write(text, name);
      });
    }
    // the process may end before it reads its input
    child.stdin.on('error', () => undefined);
  }

  /**
   * Starts a process in a group of its own, so that all of it can be ended, and a terminal does not end it.
   *
   * @throws NotStarted
   */
  static async start(command: CommandToRun, { env, write }: ProcessOptions): Promise<ProcessGroup> {
    const [program = '', ...args] = typeof command === 'string' ? [command] : command;
    const options = { env, detached: true, windowsHide: true, shell: typeof command === 'string' };
    try {
      const child = spawn(program, args, { ...options, stdio: 'pipe' }) as ChildProcessWithoutNullStreams;
      await once(child, 'spawn');
      return new ProcessGroup(child, write);
    } catch (error) {
      throw notStarted(program, error as NodeJS.ErrnoException);
    }
  }

  /** Whether the process is there. Others of its group may outlive it. */
  get isRunning(): boolean {
    return !this.#hasExited;
  }

  /** Writes a line to the standard input of the process. */
  writeLine(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Closes its standard input. */
  endInput(): void {
    this.#child.stdin.end();
  }

  /** Ends all processes: with SIGTERM and, if they are there after 5 s or at the signal, with SIGKILL. */
  async end(atOnce: AbortSignal): Promise<void> {
    this.#signal('SIGTERM');
    const closed = new AbortController();
    void this.#closed.then(() => {
      closed.abort();
    });
    using grace = timeLimit(graceMs, atOnce, closed.signal);
    await setTimeout(graceMs, undefined, { signal: grace.signal }).catch(() => undefined);
    this.#signal('SIGKILL');
    await this.exit;
    // a process that left the group may have them open
    for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) stream.destroy();
  }

  /** On Windows, and if the group is gone, only the process itself can be signalled. */
  #signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-Number(this.#child.pid), signal);
    } catch {
      this.#child.kill(signal);
    }
  }
}
