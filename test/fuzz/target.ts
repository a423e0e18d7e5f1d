import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageFolder } from '../../src/package.js';
import type { ChildProcess } from 'node:child_process';
import type { IncomingMessage } from 'node:http';

/** An answer to a call of the admin API, or to a browser. */
export interface Told {
  readonly status: number;
  readonly location: string;
  /** As a browser would send it back. */
  readonly cookie: string;
  readonly text: string;
}

const program = join(packageFolder, 'dist/main.js');

/** A server in a separate process, so that the tests survive a crash or an endless loop of it. */
export class Target {
  readonly url: string;
  /** Everything that it logged, at the most talkative level. */
  log = '';
  readonly #process: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start(options: readonly string[]): Promise<Target> {
    // Without the environment, which would make it write coverage data.
    const child = spawn(process.execPath, [program, '--port', '0', '--log-level', 'trace', ...options], {
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let early = '';
    child.stderr.on('data', (chunk: Buffer) => {
      early += chunk.toString('latin1');
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('{')) continue;
      const target = new Target(child, (JSON.parse(line) as { url: string }).url);
      child.stderr.on('data', (chunk: Buffer) => {
        target.log += chunk.toString('latin1');
      });
      child.stdout.resume();
      return target;
    }
    throw new Error(`the server did not start: ${early}`);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Sends a request on a kept connection, which is fast. */
  async fetch(
    path: string,
    {
      method = 'GET',
      headers = {},
      body = '',
    }: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Told> {
    const asked = request(this.url + path, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: this.#agent,
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    return {
      status: answer.statusCode!,
      location: answer.headers.location ?? '',
      cookie: cookie.split(';', 1)[0]!,
      text: Buffer.concat(chunks).toString(),
    };
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    if (!this.isAlive) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}
