// Runs test files without tap's command: `node scripts/test-files.js FILE…`, or `--quick` for the quick set.
// `--grep=/PATTERN/` runs only the tests whose name matches. The command of tap starts several processes, compiles with
// TypeScript's own service and measures coverage, which takes longer than most test files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { quickTests } from './quick-tests.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const args = process.argv.slice(2);
const patterns = args.filter((arg) => arg.startsWith('--grep=')).map((arg) => arg.slice('--grep='.length));
const files = args.includes('--quick') ? quickTests() : args.filter((arg) => !arg.startsWith('--'));
const missing = files.filter((file) => !existsSync(file));
if (files.length === 0 || missing.length > 0) {
  console.error(
    missing.length > 0
      ? `There is no test file ${missing.join(', ')}.`
      : 'No test file was named. Expected: npm run test:only -- test/core/bounded-map.test.ts',
  );
  process.exit(2);
}

const options = ['--enable-source-maps', '--import', new URL('typescript-loader.js', import.meta.url).href];
const env = { TAP_TIMEOUT: '300', ...process.env, ...(patterns.length > 0 ? { TAP_GREP: patterns.join('\n') } : {}) };
const isSingle = files.length === 1;

/**
 * Runs one file, and returns whether it passed. Prints all output of a single file; of several files, only that of
 * failures.
 */
async function run(file) {
  const started = performance.now();
  const child = spawn(process.execPath, [...options, file], {
    stdio: ['ignore', isSingle ? 'inherit' : 'pipe', 'inherit'],
    env,
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (!isSingle) {
    if (code !== 0) console.log(output);
    console.log(`${code === 0 ? 'ok' : 'not ok'} - ${file} # ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  return code === 0;
}

const waiting = [...files];
let failed = 0;

async function work() {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (!(await run(file))) failed += 1;
  }
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
if (!isSingle) console.log(`# ${files.length - failed} files passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
