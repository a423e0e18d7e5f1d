// Runs all tests, and writes the coverage of src/ into .tap/. Prints the whole output of a process that fails, one line for each other,
// and last `# { total: 12, pass: 11, fail: 1 }`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { compileTests } from './compile-tests.js';
import { testProcesses } from './test-groups.js';
import { runTestFile } from './test-process.js';

/** Processes at the same time. One more than there are processors, because many tests wait. */
const atOnce = Math.max(2, availableParallelism()) + 1;

/** Runs a command of tap, and returns its exit code. Its output is shown if it fails: it has totals of its own, of no test. */
async function tap(...args) {
  const child = spawn('tap', args, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0) console.log(output);
  return code ?? 1;
}

async function runAll(processes) {
  const totals = { total: 0, pass: 0, fail: 0 };
  const waiting = [...processes];
  async function work() {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const result = await runTestFile(next.file, { isMeasured: next.isMeasured });
      // a process can also fail without a failed assertion
      const unnamed = result.isOk || result.totals.fail > 0 ? 0 : 1;
      totals.total += result.totals.total + unnamed;
      totals.pass += result.totals.pass;
      totals.fail += result.totals.fail + unnamed;
      if (!result.isOk) console.log(result.output);
      console.log(`${result.isOk ? 'ok' : 'not ok'} - ${next.name} # ${result.seconds.toFixed(1)} s`);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return totals;
}

// Makes tap with the plugins of .taprc. Otherwise the first run after `npm ci` would still load all of them into each process.
process.exitCode = await tap('build');
if (process.exitCode === 0) {
  const maps = await compileTests();
  rmSync('.tap/coverage', { recursive: true, force: true });
  const totals = await runAll(testProcesses());
  // the report finds the source maps beside what the processes measured
  writeFileSync('.tap/coverage/source-maps.json', JSON.stringify({ result: [], 'source-map-cache': maps }));
  const reported = await tap('report', 'json-summary');
  process.exitCode = totals.fail > 0 || totals.pass === 0 ? 1 : reported;
  console.log(`# { total: ${totals.total}, pass: ${totals.pass}, fail: ${totals.fail} }`);
}
