import { cpus, release, totalmem } from 'node:os';
import { contenders, works } from './contenders.js';
import { generator } from './send.js';
import { pinning } from './server-process.js';
import { measured, ratios } from './statistics.js';
import type { Memory } from './footprint.js';
import type { Latency } from './half-load.js';
import { tail } from './half-load.js';
import type { Measured } from './statistics.js';
import type { Series } from './throughput.js';

export interface Results {
  readonly series: readonly Series[];
  readonly latencies: readonly Latency[];
  readonly starts: ReadonlyMap<string, readonly number[]>;
  readonly memory: readonly Memory[];
  readonly installs: ReadonlyMap<string, number>;
  readonly bundle: { readonly plain: number; readonly gzip: number };
  readonly minutes: number;
  /** One-minute load average of the machine, before and after. */
  readonly machineLoad: readonly [number, number];
}

const floorName = 'bare Fastify';
const whole = (value: number): string => Math.round(value).toLocaleString('en');
const spread = ({ median, least, most }: Measured, write: (value: number) => string): string =>
  `${write(median)} (${write(least)}–${write(most)})`;
const two = (value: number): string => value.toFixed(2);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

const find = (series: readonly Series[], contender: string, work: string): Series | undefined =>
  series.find((each) => each.contender === contender && each.work === work);

/** The provider of Understudy with the lowest ratio to another contender, by median. */
function worst(
  series: readonly Series[],
  work: string,
  other: string,
): { of: string; ratio: Measured; cpu: Measured } | undefined {
  const under = find(series, other, work);
  if (under === undefined) return undefined;
  const all = series
    .filter((each) => each.contender.startsWith('Understudy') && each.work === work)
    .map((each) => ({
      of: each.contender,
      ratio: ratios(each.perSecond, under.perSecond),
      cpu: ratios(under.cpuMicros, each.cpuMicros),
    }));
  return all.sort((a, b) => a.ratio.median - b.ratio.median)[0];
}

interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly met: boolean;
  readonly got: string;
}

/** The targets, and whether each was met. */
export function targets({ series, latencies, starts }: Results): Target[] {
  const least = (what: string, work: string, other: string, wanted: number): Target => {
    const found = worst(series, work, other);
    const ratio = found?.ratio.median ?? NaN;
    return {
      what: `${what}: ${work}, ratio to ${other}, the slowest provider`,
      wanted: `at least ${String(wanted)}`,
      met: ratio >= wanted,
      got:
        found === undefined
          ? 'not measured'
          : `${spread(found.ratio, two)} (${found.of.replace('Understudy, ', '')}); by processor time ${two(found.cpu.median)}`,
    };
  };
  const start = ratios(starts.get('Understudy, tinyEmail') ?? [], starts.get(floorName) ?? []);
  const tails = latencies.filter(({ contender }) => contender.startsWith('Understudy')).map(tail);
  const floorTail = tail(latencies.find(({ contender }) => contender === floorName) as Latency);
  return [
    least('throughput', 'exchange', floorName, 0.6),
    least('throughput', 'refresh', floorName, 0.6),
    least('throughput', 'bearer', floorName, 0.7),
    least('throughput', 'exchange', 'oidc-provider', 3),
    least('throughput', 'exchange', 'oauth2-mock-server', 15),
    {
      what: 'start to first answer, ratio to bare Fastify',
      wanted: 'at most 1.5',
      met: start.median <= 1.5,
      got: spread(start, two),
    },
    {
      what: 'p99 / p50 at half load, the worst provider',
      wanted: 'under 5',
      met: Math.max(...tails) < 5,
      got: `${two(Math.max(...tails))}; of bare Fastify ${two(floorTail)}`,
    },
  ];
}

/** The results as a page. */
export function page(results: Results): string {
  const { series, latencies, starts, memory, installs, bundle, minutes, machineLoad } = results;
  const names = contenders.map(({ name }) => name);
  const processor = cpus();
  const ratio = (contender: string, work: string): string => {
    const [over, under] = [find(series, contender, work), find(series, floorName, work)];
    return over === undefined || under === undefined ? '–' : two(ratios(over.perSecond, under.perSecond).median);
  };
  const busiest = series
    .filter(({ generatorLoad }) => measured(generatorLoad).median > 0.9)
    .map(({ contender, work }) => `${contender} at ${work}`);
  return `<!-- Written by \`npm run bench\`. -->

# Results

Node ${process.version} on ${process.platform} ${release()}, ${String(processor.length)} cores of ${String(processor[0]?.model)}, ${whole(totalmem() / 2 ** 30)} GiB; ${pinning}.
Requests came from ${generator} over ten connections. The load average of the machine was ${two(machineLoad[0])} at the start and ${two(machineLoad[1])} at the end, ${minutes.toFixed(0)} minutes later. All servers ran with
their default settings, Understudy with its journal and log. Each number is the median of interleaved rounds, with the lowest and
the highest round in brackets. Ratios are computed within each round, because a disturbance affects all servers of that round.

![Answers per second, by kind of work](results.svg)

## Targets

${table(
  ['target', 'wanted', 'measured', ''],
  targets(results).map(({ what, wanted, got, met }) => [what, wanted, got, met ? 'met' : '**missed**']),
)}

${works
  .map(
    (work) => `## ${work === 'bearer' ? 'Bearer-checked resource' : work === 'exchange' ? 'Code exchange' : 'Refresh'}

${table(
  ['', 'answers per second', `of ${floorName}`, 'server µs per answer'],
  names.flatMap((name) => {
    const found = find(series, name, work);
    return found === undefined
      ? [[name, '–', '–', '–']]
      : [[name, spread(measured(found.perSecond), whole), ratio(name, work), spread(measured(found.cpuMicros), whole)]];
  }),
)}`,
  )
  .join('\n\n')}

${busiest.length === 0 ? 'The load generator was never the bottleneck.' : `The load generator, not the server, was the bottleneck of: ${busiest.join('; ')}.`}
oauth2-mock-server's userinfo endpoint does not check the token, so it is not measured here.

## Latency at half load

Bearer checks (refreshes at oauth2-mock-server) at half of the rate that was measured for each server. Latency counts from the time at which a request was due. The table shows
the round with the lowest p99 / p50 of five, and that ratio for all five: a pause of the machine can only raise it.

${table(
  ['', 'requests per second', 'p50 µs', 'p99 µs', 'max µs', 'p99 / p50', 'of each round'],
  latencies.map(({ contender, perSecond, p50, p99, max, tails }) => [
    contender,
    whole(perSecond),
    whole(p50),
    whole(p99),
    whole(max),
    (p99 / p50).toFixed(1),
    tails.map((each) => each.toFixed(1)).join(', '),
  ]),
)}

## Start, memory and size

${table(
  ['', 'start to first answer, ms'],
  [...starts].map(([name, values]) => [name, spread(measured(values), whole)]),
)}

${table(
  ['', 'MiB at start', 'exchanges', 'MiB after them'],
  memory.map(({ contender, atStartMiB, exchanges, afterMiB }) => [
    contender,
    whole(atStartMiB),
    whole(exchanges),
    whole(afterMiB),
  ]),
)}

${table(
  ['', 'MiB installed'],
  [...installs].map(([name, size]) => [name, size.toFixed(1)]),
)}

The bundle that the command and the image run is ${whole(bundle.plain)} KiB, ${whole(bundle.gzip)} KiB when compressed.
`;
}
