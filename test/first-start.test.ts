import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { runProgram } from './programs.js';
import { repository } from './tree-copy.js';
import type { Test } from 'tap';
import type { Ended } from './programs.js';

const ready = `console.log('{"ready":true,"url":"http://127.0.0.1:1"}');`;
const runs = 'setInterval(() => undefined, 1000);';

/** Runs the script in a folder whose server is this program. */
async function firstStart(t: Test, server: string, seconds: number): Promise<Ended & { readonly folder: string }> {
  const folder = t.testdir();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'dist/main.js'), server);
  const script = `${repository}scripts/first-start.js`;
  return { folder, ...(await runProgram(process.execPath, [script, String(seconds)], folder)) };
}

t.test('a server that is ready is asked to stop, and the script succeeds', async (t) => {
  const stop = `import { writeFileSync } from 'node:fs';
process.on('SIGTERM', () => { writeFileSync('stopped', ''); process.exit(0); });
console.log('not yet ready');
setTimeout(() => { writeFileSync('was-ready', ''); ${ready} }, 200);
${runs}`;
  const { code, output, folder } = await firstStart(t, stop, 30);
  t.same({ code, output }, { code: 0, output: '' });
  for (const file of ['was-ready', 'stopped']) t.equal(readFileSync(join(folder, file), 'utf8'), '', file);
});

t.test('a server that is never ready fails the build when the time is over', async (t) => {
  const { code, output } = await firstStart(t, runs, 0.5);
  t.match({ code, output }, { code: 1, output: 'the server was not ready, and was killed after 0.5 s' });
});

t.test('a server that ends before it is ready fails the build at once', async (t) => {
  const { code, output } = await firstStart(t, `console.error('no such file'); process.exitCode = 0;`, 30);
  t.match({ code, output }, { code: 1, output: 'the server was not ready, and ended with 0' });
  t.match(output, 'no such file', 'its message is shown');
});

t.test('a server that does not stop, or stops with an error, fails the build', async (t) => {
  for (const [onStop, seconds, message] of [
    ['process.exit(3)', 30, 'the server was ready, but ended with 3'],
    ['undefined', 3, 'the server was ready, but was killed after 3 s'],
  ] as const) {
    await t.test(message, async (t) => {
      const server = `process.on('SIGTERM', () => ${onStop}); ${ready} ${runs}`;
      const { code, output } = await firstStart(t, server, seconds);
      t.match({ code, output }, { code: 1, output: message });
    });
  }
});
