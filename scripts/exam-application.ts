import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import type { Runner } from './exam-clients.js';
import { freePort } from '../test/free-port.js';

/** Time in which an application must accept connections, in milliseconds. */
const startLimitMs = 20_000;

/** A running application of exam/clients/, as a child process. */
export class ExamApplication {
  readonly port: number;
  readonly #runner: Runner;
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(port: number, runner: Runner, environment: Readonly<Record<string, string>>) {
    this.port = port;
    this.#runner = runner;
    this.#environment = environment;
  }

  /** Picks a free port. The environment is what the contract of exam/clients/README.md names, without PORT. */
  static async on(
    runner: Runner,
    environment: (port: number) => Readonly<Record<string, string>>,
  ): Promise<ExamApplication> {
    const port = await freePort();
    return new ExamApplication(port, runner, environment(port));
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What the application wrote since the last call. */
  takeOutput(): string {
    const output = this.#output;
    this.#output = '';
    return output;
  }

  /**
   * Starts the application, and waits until it accepts connections.
   *
   * @throws Error with what the application wrote, if it ends or takes too long
   */
  async start(changes: Readonly<Record<string, string>> = {}): Promise<void> {
    const [program, ...args] = this.#runner.command(this.port);
    const kept = Object.entries(process.env).filter(([name]) => !/^(_?TAP|NODE_OPTIONS$|NODE_V8_COVERAGE$)/.test(name));
    const env = { ...Object.fromEntries(kept), ...this.#runner.env, ...this.#environment, ...changes };
    const child = spawn(program, args, { env: { ...env, PORT: String(this.port) }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    process.once('exit', this.#end);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    for (let waited = 0; waited < startLimitMs; waited += 50) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${program} ended: ${this.#output}`);
      if (await accepts(this.port)) return;
      await pause(50);
    }
    await this.stop();
    throw new Error(`${program} does not listen on port ${this.port}: ${this.#output}`);
  }

  /** Leaves no process behind if this one ends first. */
  readonly #end = (): void => {
    this.#child?.kill('SIGKILL');
  };

  /** Ends the application. */
  async stop(): Promise<void> {
    process.off('exit', this.#end);
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
