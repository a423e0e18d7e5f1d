// Runs test files without coverage: `node scripts/test-files.js FILE…`, or `--quick` for the quick set.
// `--grep=/PATTERN/` runs only the tests whose name matches.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { quickTests } from './quick-tests.js';
import { runTestFile } from './test-process.js';

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

const env = patterns.length > 0 ? { TAP_GREP: patterns.join('\n') } : {};
const isSingle = files.length === 1;
const waiting = [...files];
let failed = 0;

/** Prints all output of a single file; of several files, only that of failures. */
async function work() {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const { isOk, output, seconds } = await runTestFile(file, { isShown: isSingle, env });
    if (!isOk) failed += 1;
    if (isSingle) continue;
    if (!isOk) console.log(output);
    console.log(`${isOk ? 'ok' : 'not ok'} - ${file} # ${seconds.toFixed(1)} s`);
  }
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
if (!isSingle) console.log(`# ${files.length - failed} files passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
