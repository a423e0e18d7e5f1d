import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { processorMicros, processorTimeSource } from './processor-time.js';
import type { ChildProcess } from 'node:child_process';

/** The processor cores of the server and of the load generator. */
const cores = { server: '0', load: '1' } as const;
const canPin = spawnSync('taskset', ['--version']).status === 0;

/** A command that is pinned to one core, if taskset exists. */
function pinned(core: keyof typeof cores, command: readonly string[]): [string, string[]] {
  const [program, ...args] = canPin ? ['taskset', '-c', cores[core], ...command] : command;
  return [program as string, args];
}

const canStayAwake = canPin && spawnSync('chrt', ['--version']).status === 0;

export const pinning = canPin
  ? `server and load generator each pinned to a core of their own (taskset)${canStayAwake ? ', that of the load generator kept awake (chrt)' : ''}`
  : 'server and load generator in processes of their own, not pinned: taskset is missing';

/**
 * Keeps the core of the load generator awake by a loop of the lowest priority, until the returned function is called or
 * this process ends. An answer to a generator that sleeps on an idle core costs the server an interrupt of that core.
 * Only at a server that is as fast as the generator it rarely sleeps, so that a faster server would look faster still.
 */
function keepAwake(): () => void {
  if (!canStayAwake) return () => undefined;
  const loop = `while kill -0 ${String(process.pid)}; do :; done`;
  const child = spawn('taskset', ['-c', cores.load, 'chrt', '--idle', '0', 'sh', '-c', loop], { stdio: 'ignore' });
  return () => {
    child.kill('SIGKILL');
  };
}

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

/** Runs one of the load scripts on its own core, and reads the line that it writes. */
export async function load<Result>(script: 'load.js' | 'latency.js' | 'flow.js', job: object): Promise<Result> {
  return runLoad<Result>([process.execPath, `bench/${script}`], JSON.stringify(job));
}

/** Runs a load generator on its own core, and reads the last line that it writes. */
export async function runLoad<Result>(command: readonly string[], input = ''): Promise<Result> {
  const [program, args] = pinned('load', command);
  const sleep = keepAwake();
  try {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(input);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    await once(child, 'close');
    return JSON.parse(out.trim().split('\n').at(-1) as string) as Result;
  } finally {
    sleep();
  }
}
