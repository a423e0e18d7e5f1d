import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { processorMicros, processorTimeSource } from './processor-time.js';
import type { ChildProcess } from 'node:child_process';

/** What is pinned to a processor core: a server, a load generator, or one that measures latencies. */
type Program = 'server' | 'load' | 'latency';

const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const canPin = has('taskset');
const canBatch = canPin && has('chrt');

/**
 * Where a program runs. Load comes from the core of the server, and gets it while the server waits: a generator on a core
 * of its own sleeps between two answers of a slow server, and hardly ever at a fast one, and each answer to a sleeper
 * costs the server an interrupt of the other core. Latencies are measured from another core.
 */
const places: Readonly<Record<Program, readonly string[]>> = {
  server: ['taskset', '-c', '0'],
  load: ['taskset', '-c', '0', ...(canBatch ? ['chrt', '--batch', '0'] : [])],
  latency: ['taskset', '-c', '1'],
};

/** A command that is pinned to a core, if taskset exists. */
function pinned(place: Program, command: readonly string[]): [string, string[]] {
  const [program, ...args] = canPin ? [...places[place], ...command] : command;
  return [program as string, args];
}

/** Whether load comes from the core of the server. */
export const sharesCore = canPin;

export const pinning = canPin
  ? `server and load generator pinned to one core (taskset), the generator for latencies to another${canBatch ? '; the load generator in batches (chrt)' : ''}`
  : 'server and load generator in processes of their own, not pinned: taskset is missing';

/**
 * Flags of V8 that every measured server gets. Understudy runs with the flags of its command; if that sets one, it
 * belongs here, so that no server has an advantage.
 */
const v8Flags: readonly string[] = [];

/** The command that runs a script with Node. */
export const nodeCommand = (script: string, ...args: readonly string[]): string[] => [
  process.execPath,
  ...v8Flags,
  script,
  ...args,
];

export const flags = v8Flags.length === 0 ? 'none' : v8Flags.join(' ');

/** A server in a separate process. */
export class ServerProcess {
  readonly url: string;
  /** Control URL of a server that was written for a benchmark. */
  readonly control: string | undefined;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, control }: { url: string; control?: string }) {
    this.#child = child;
    this.url = url;
    this.control = control;
  }

  /** Starts a server, and waits for its line `{"ready":true,"url":…}`. */
  static async start(command: readonly string[]): Promise<ServerProcess> {
    const [program, args] = pinned('server', command);
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      // The flags of V8 are the same for all: those of `nodeCommand`.
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('{"ready":true')) continue;
      child.stdout.resume();
      return new ServerProcess(child, JSON.parse(line) as { url: string; control?: string });
    }
    throw new Error(`${command.join(' ')} ended before it was ready`);
  }

  /** Processor time used so far, in microseconds; NaN where it is not available. */
  get processorMicros(): number {
    return processorMicros(this.#child.pid as number);
  }

  /** Resident memory, in MiB; NaN where it is not available. */
  get residentMiB(): number {
    if (processorTimeSource === undefined) return NaN;
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(this.#child.pid)}/status`, 'utf8'))?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

/** Runs one of the load scripts, and reads the line that it writes. */
export async function load<Result>(script: 'load.js' | 'latency.js' | 'flow.js', job: object): Promise<Result> {
  const place = script === 'latency.js' ? 'latency' : 'load';
  return runLoad<Result>([process.execPath, `bench/${script}`], JSON.stringify(job), place);
}

/** Runs a load generator, and reads the last line that it writes. */
export async function runLoad<Result>(
  command: readonly string[],
  input = '',
  place: Program = 'load',
): Promise<Result> {
  const [program, args] = pinned(place, command);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await once(child, 'close');
  return JSON.parse(out.trim().split('\n').at(-1) as string) as Result;
}
