import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';

/** The result of a program, with stdout and stderr as one text. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The environment without the variables of tap and coverage. */
export function plainEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(_?TAP|NODE_OPTIONS$|NODE_V8_COVERAGE$)/.test(name));
  return { ...Object.fromEntries(kept), FORCE_COLOR: '0', ...more };
}

/** A running program with its output so far. */
export interface Program {
  readonly child: ChildProcess;
  readonly output: () => string;
}

/** Starts a program in a folder. */
export function launch(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(program, args, { cwd, env: plainEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return { child, output: () => output };
}

/** Runs a program in a folder, and waits for its end. */
export async function runProgram(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const { child, output } = launch(program, args, cwd);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** Starts the bundled server of a folder on a free port, waits until it is ready, and returns its URL. */
export async function launchServer(
  folder: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const { child, output } = launch(process.execPath, ['dist/main.js', '--port', '0'], folder);
  const closed = once(child, 'close');
  const ready = /"url":"([^"]+)"/;
  while (!ready.test(output())) {
    await Promise.race([once(child.stdout!, 'data'), closed]);
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${output()}`);
  }
  return {
    url: String(ready.exec(output())?.[1]),
    async stop() {
      child.kill();
      await closed;
    },
  };
}
