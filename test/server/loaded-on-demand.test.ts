import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { plainEnvironment } from '../programs.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
if (!existsSync(`${root}dist/library.js`)) spawnSync('npm', ['run', 'build', '--silent'], { cwd: root });
const folder = mkdtempSync(join(tmpdir(), 'on-demand-'));
t.teardown(() => {
  rmSync(folder, { recursive: true });
});

/** Starts the built library with options, and says whether it loaded what makes certificates. */
function loads(options: object): string {
  const program = `
    import { start } from './dist/library.js';
    const server = await start(${JSON.stringify({ caDir: join(folder, 'ca'), ...options })});
    console.log(typeof Reflect.getMetadata === 'function' ? 'loaded' : 'not loaded');
    await server.close();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    encoding: 'utf8',
    env: plainEnvironment(),
  });
  return stdout.trim() + stderr;
}

t.test('what makes certificates is loaded for the first authority, and then only for a first connection', (t) => {
  t.equal(loads({}), 'not loaded');
  t.equal(loads({ tls: true }), 'loaded');
  t.equal(loads({ tls: true, proxy: true }), 'not loaded');
  t.end();
});
