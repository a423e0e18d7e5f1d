import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The arguments of `sh` that replace it by a command line, as the author of the workflow wrote it. `"$@"` in it is `args`. */
const shellArgs = (commandLine, args) => ['-c', `exec ${commandLine}`, 'sh', ...args];

/** Runs a command line, and returns its exit code and what it printed; with `show`, it prints to the log instead. */
export async function run(commandLine, args, { show = false, env = {}, cwd } = {}) {
  const child = spawn('sh', shellArgs(commandLine, args), {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', show ? 'inherit' : 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (out += text));
  const [code] = await once(child, 'close');
  return { code: code ?? 1, out };
}

/** Starts a command line in the background, in a group of its own, so that it outlives this step and can be stopped as a whole. */
export function startInBackground(commandLine, args, { env, log }) {
  const child = spawn('sh', shellArgs(commandLine, args), {
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  return child;
}
