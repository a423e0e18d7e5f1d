/**
 * Measures Understudy and its peers in one run, interleaved, on the same work, and writes results.md and results.svg.
 * `--rounds N` (7), `--exchanges N` (100000, for the memory), `--quick` for a short run of two minutes.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chart } from './chart.js';
import { bundleKiB, measureInstalls, measureMemory, measureStarts } from './footprint.js';
import { measureHalfLoad } from './half-load.js';
import { page, targets } from './results.js';
import { measureThroughput } from './throughput.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    exchanges: { type: 'string', default: '100000' },
    quick: { type: 'boolean', default: false },
  },
});
const rounds = values.quick ? 2 : Number(values.rounds);
const exchanges = values.quick ? 10_000 : Number(values.exchanges);
const tell = (line: string): void => {
  console.log(line);
};

if (!existsSync('bench/node_modules') || !existsSync('dist/main.js')) {
  throw new Error('npm run bench installs the peers and builds first; run it as a whole');
}

const begun = Date.now();
const before = loadavg()[0] as number;
const series = await measureThroughput(rounds, tell);
const latencies = await measureHalfLoad(series, tell);
const starts = await measureStarts(rounds);
tell('starts');
const memory = await measureMemory(exchanges, tell);
const installs = measureInstalls();
const results = {
  series,
  latencies,
  starts,
  memory,
  installs,
  bundle: bundleKiB(),
  minutes: (Date.now() - begun) / 60_000,
  machineLoad: [before, loadavg()[0] as number] as const,
};
writeFileSync('bench/results.md', page(results));
writeFileSync('bench/results.svg', chart(series));
for (const { what, wanted, got, met } of targets(results)) {
  tell(`${met ? 'met   ' : 'MISSED'} ${what}: ${got}; wanted ${wanted}`);
}
