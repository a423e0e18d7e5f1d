// Loaded before a test file whose coverage is measured: `node --import ./scripts/measure-coverage.js`. Writes what V8 counted in src/
// into .tap/coverage when the process ends. Unlike the variable NODE_V8_COVERAGE it measures this process and none that it starts,
// and unlike tap's own loader it costs no thread and no hook for each module.
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const root = new URL('../', import.meta.url).href;
/** Compiled once, or by the loader in a process that a test starts. Both are reported as the source. */
const measured = /^(?:\.cache\/tests\/)?(src\/.*)\.[jt]s$/;
const folder = new URL('.tap/coverage/', root);
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

process.on('exit', () => {
  session.post('Profiler.takePreciseCoverage', (error, taken) => {
    if (error) throw error;
    const result = taken.result.flatMap((script) => {
      const [, source] = measured.exec(script.url.startsWith(root) ? script.url.slice(root.length) : '') ?? [];
      return source === undefined ? [] : [{ ...script, url: `${root}${source}.ts` }];
    });
    mkdirSync(folder, { recursive: true });
    // a process identifier can be used again
    writeFileSync(new URL(`${process.pid}-${Date.now()}.json`, folder), JSON.stringify({ result }));
  });
});
