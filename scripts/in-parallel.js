// Runs commands at the same time: `node scripts/in-parallel.js "eslint ." "prettier ." -- "npm run build" tap`. Those after `--` run
// one after the other and print at once. Those before it print when they end; next to commands after `--` they have a lower priority, so
// that they use the time in which the others wait. Fails if one of them fails; the others run to their end, so that one run shows
// all mistakes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';

const commands = process.argv.slice(2);
const split = commands.includes('--') ? commands.indexOf('--') : commands.length;
const inSequence = commands.slice(split + 1);
// the programs of npm are files that only a shell starts on Windows
const start = (command, output) => spawn(command, { shell: true, stdio: ['ignore', output, output] });

async function run(command) {
  const child = start(command, 'pipe');
  if (inSequence.length > 0) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const [code] = await once(child, 'close');
  process.stdout.write(output);
  return code === 0;
}

async function runInSequence() {
  for (const command of inSequence) {
    const [code] = await once(start(command, 'inherit'), 'close');
    if (code !== 0) return false;
  }
  return true;
}

const results = await Promise.all([...commands.slice(0, split).map(run), runInSequence()]);
process.exitCode = results.every(Boolean) ? 0 : 1;
