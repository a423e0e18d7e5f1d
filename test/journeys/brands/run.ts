import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { launch } from '../../programs.js';
import type { Line } from './brand.js';
import type { Row } from './rows.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const caDir = mkdtempSync(join(tmpdir(), 'brands-ca-'));
t.teardown(() => {
  rmSync(caDir, { recursive: true, force: true });
});

/**
 * Runs a program below `understudy run --shelf`, which serves the providers that it uses, and compares what its client
 * did with the rows. No other host is reached: the run is isolated.
 */
export function testProgram(program: string, rows: readonly Row[]): void {
  if (!existsSync(`${root}dist/preload.cjs`)) spawnSync('npm', ['run', 'build', '--silent'], { cwd: root });
  void t.test(`${program} at the real hosts of the shelf`, async (t) => {
    const shelf = rows.map(({ provider }) => provider).join(',');
    const loader = ['--enable-source-maps', '--import', './scripts/typescript-loader.js'];
    const run = [
      'run',
      '--shelf',
      shelf,
      '--isolate',
      '--fail-on',
      'never',
      '--',
      process.execPath,
      ...loader,
      program,
    ];
    const { child, output } = launch(process.execPath, ['dist/main.js', ...run], root, { UNDERSTUDY_CA_DIR: caDir });
    const [code] = (await once(child, 'close')) as [number];
    t.equal(code, 0, output());
    const lines = output()
      .split('\n')
      .filter((line) => line.startsWith('{"client":'))
      .map((line) => JSON.parse(line) as Line);
    for (const row of rows) {
      const line = lines.find(({ provider }) => provider === row.provider);
      t.same(line, row, `${row.client} at ${row.provider}`);
    }
    t.equal(lines.length, rows.length);
  });
}
