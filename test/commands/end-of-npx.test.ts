import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { launch, runProgram } from '../programs.js';
import { repository } from '../tree-copy.js';

if (!existsSync(`${repository}dist/main.js`)) await runProgram(process.execPath, ['scripts/bundle.js'], repository);

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

for (const [command, ends] of [
  ['exec', true],
  [undefined, false],
] as const) {
  const title = ends ? 'a server that npx started ends with it' : 'another server does not end with what started it';
  t.test(title, async (t) => {
    const folder = t.testdir();
    const [ready, pidFile] = [join(folder, 'ready.json'), join(folder, 'pid')];
    // npm starts the command by a shell, and ends at a signal without a word to it
    const script = `'${process.execPath}' dist/main.js --port 0 --ready-file '${ready}' & echo $! > '${pidFile}'; wait`;
    const { child } = launch('sh', ['-c', script], repository, { npm_command: command });
    while (!existsSync(ready)) await pause(20);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (let waited = 0; isRunning(pid) && waited < (ends ? 20_000 : 1500); waited += 20) await pause(20);
    t.equal(isRunning(pid), !ends);
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  });
}
