/** Mixed traffic: `--requests N` (3000000). Fails if memory grew, or if handles remain after the server has closed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { configOf } from '../src/config.js';
import { openServer } from '../src/server.js';
import { liveMiB, traffic } from '../test/journeys/traffic.js';

const { values } = parseArgs({ options: { requests: { type: 'string', default: '3000000' } } });
const held = (): string[] =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => /TCP|Timeout|FSEvent/.test(kind))
    .sort();

const before = held();
const server = await openServer(configOf({ port: 0, logLevel: 'silent' }));
const live: number[] = [];
const begun = Date.now();
const { statuses, cut } = await traffic({
  url: server.url,
  requests: Number(values.requests),
  clients: 16,
  hostileBytes: 64_000,
  tenth(done) {
    live.push(liveMiB());
    console.log(
      `${done.toLocaleString('en')} requests, ${(live.at(-1) as number).toFixed(1)} MiB live, ` +
        `${server.worlds.size} worlds, ${((Date.now() - begun) / 1000).toFixed(0)} s`,
    );
  },
});
console.log(
  `answers: ${[...statuses]
    .sort()
    .map(([status, count]) => `${status}: ${count.toLocaleString('en')}`)
    .join(', ')}; cut lines: ${cut.toLocaleString('en')}`,
);
await server.close();
for (let looks = 0; looks < 50 && held().length > before.length; looks += 1) await sleep(20);

const [middle, end] = [live.slice(3, 6), live.slice(-3)].map((some) => Math.min(...some)) as [number, number];
const failures = [
  ...(end < middle * 1.05 ? [] : [`live memory grew from ${middle.toFixed(1)} to ${end.toFixed(1)} MiB`]),
  ...(server.worlds.size === 1 ? [] : [`${server.worlds.size} worlds are left`]),
  ...(held().length === before.length ? [] : [`left when closed: ${held().join(', ')}`]),
  ...[...statuses.keys()].filter((status) => status >= 500 && status !== 503).map((status) => `answers of ${status}`),
];
for (const failure of failures) console.error(failure);
console.log(failures.length === 0 ? 'passed: memory is stable, and no handle is left' : 'FAILED');
process.exitCode = failures.length === 0 ? 0 : 1;
