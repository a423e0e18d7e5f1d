/**
 * Measures Understudy and its peers on the same work, each round paired with one of bare Fastify, and writes results.md
 * and results.svg. `--pairs N` (15), `--exchanges N` (100000, for the memory). `--quick` prints the targets after two
 * minutes, from fewer pairs of shorter rounds, and writes nothing.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chart } from './chart.js';
import { measureFlows } from './flows.js';
import { bundleKiB, measureInstalls, measureMemory, measureStarts, programs } from './footprint.js';
import { measureHalfLoad } from './half-load.js';
import { measureLibrary } from './library-times.js';
import { floorName, programName } from './names.js';
import { page, targetTable } from './results.js';
import { notComparable } from './send.js';
import { measureThroughput } from './throughput.js';
import type { Results } from './run-results.js';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '15' },
    exchanges: { type: 'string', default: '100000' },
    quick: { type: 'boolean', default: false },
  },
});

if (!existsSync('bench/node_modules') || !existsSync('dist/main.js')) {
  throw new Error('npm run bench installs the peers and builds first; run it as a whole');
}

const tell = (line: string): void => {
  console.log(line);
};
const machineLoad = (): number => loadavg()[0] as number;
const begun = Date.now();
const before = machineLoad();

async function everything(pairs: number): Promise<Results> {
  const requests = 4000;
  const common = { pairs, attempts: 3, tell };
  const series = await measureThroughput({ ...common, requests, without: [] });
  return {
    pairs,
    requests,
    series,
    flows: await measureFlows({ ...common, withPeers: true }),
    latencies: await measureHalfLoad(series, tell),
    starts: await measureStarts(programs, common),
    memory: await measureMemory(programs, Number(values.exchanges), tell),
    library: await measureLibrary(15, 300),
    installs: measureInstalls(),
    ...ending(),
  };
}

/** The targets that fit into two minutes. Nothing is repeated because of noise. */
async function quick(): Promise<Results> {
  const [pairs, requests] = [5, 1000];
  // on a slow or loaded machine, what remains has fewer pairs
  const common = { pairs, attempts: 1, until: begun + 75_000, tell };
  const without = ['bare node:http', floorName, 'oauth2-mock-server'];
  const few = programs.filter(({ name }) => [floorName, programName].includes(name));
  return {
    pairs,
    requests,
    series: await measureThroughput({
      ...common,
      requests,
      without,
      exchangeOnly: ['oidc-provider'],
      warmupRequests: 2000,
    }),
    flows: await measureFlows({ ...common, withPeers: false }),
    latencies: [],
    starts: await measureStarts(
      few.filter(({ name }) => name === programName),
      common,
    ),
    memory: await measureMemory(few, 8000, tell),
    library: await measureLibrary(5, 100),
    installs: new Map(),
    ...ending(),
  };
}

function ending(): Pick<Results, 'bundle' | 'minutes' | 'machineLoad'> {
  return { bundle: bundleKiB(), minutes: (Date.now() - begun) / 60_000, machineLoad: [before, machineLoad()] };
}

const results = values.quick ? await quick() : await everything(Number(values.pairs));
if (!values.quick) {
  writeFileSync('bench/results.md', page(results));
  writeFileSync('bench/results.svg', chart(results.series));
}
console.log(`\n${targetTable(results)}\n`);
if (notComparable !== undefined) console.log(notComparable);
