// Runs a test file in a process of its own, without tap's command, which starts every process with more hooks than a test needs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const loader = new URL('typescript-loader.js', import.meta.url).href;
const coverage = new URL('measure-coverage.js', import.meta.url).href;

/** Time limits in seconds: tap ends a test, and the runner a process that a test blocks. A busy machine takes several times as long. */
const testSeconds = 600;
const processSeconds = 700;

/**
 * Runs a file, and returns what it told: whether it passed, the numbers of its assertions, its output and the seconds. A file that
 * ends before its last test has no totals, and fails. `env` is added to the environment. `isShown` prints the output at once.
 */
export async function runTestFile(file, { isMeasured = false, isShown = false, env = {} } = {}) {
  const started = performance.now();
  // the loader does nothing in a compiled test, but the programs of this repository that the test starts get these options too
  const options = ['--enable-source-maps', '--import', loader, ...(isMeasured ? ['--import', coverage] : [])];
  const child = spawn(process.execPath, [...options, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { TAP_TIMEOUT: String(testSeconds), ...process.env, ...env },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), processSeconds * 1000);
  let output = '';
  for (const [stream, shown] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (isShown) shown.write(text);
    });
  }
  const closed = once(child, 'close');
  const [code, signal] = await once(child, 'exit');
  // a process that the test left behind keeps the pipes open
  const leaving = setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), 10_000);
  await closed;
  clearTimeout(timer);
  clearTimeout(leaving);
  const totals = /^# \{ (total: .*) \}$/m.exec(output)?.[1];
  const count = (name) => Number(new RegExp(`\\b${name}: (\\d+)`).exec(totals ?? '')?.[1] ?? 0);
  return {
    isOk: code === 0 && totals !== undefined,
    totals: { total: count('total'), pass: count('pass'), fail: count('fail') },
    output:
      totals === undefined ? `${output}\n# ${file} ended before its last test: ${signal ?? `code ${code}`}` : output,
    seconds: (performance.now() - started) / 1000,
  };
}
