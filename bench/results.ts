import { cpus, release, totalmem } from 'node:os';
import { contenders, works } from './contenders.js';
import { inExchanges, targets } from './targets.js';
import { floorName } from './names.js';
import { processorTimeSource } from './processor-time.js';
import { generator, notComparable } from './send.js';
import { flags, pinning, sharesCore } from './server-process.js';
import { relativeSpeed, spreadOf } from './statistics.js';
import { quartiles, table, two, verdict, whole } from './writing.js';
import type { FlowSeries } from './flows.js';
import type { Latency } from './half-load.js';
import type { Results } from './run-results.js';

const titles = { exchange: 'Code exchange', refresh: 'Refresh', bearer: 'Bearer-checked resource' } as const;
const noise = ({ noisy }: { readonly noisy: boolean }): string => (noisy ? ' (too noisy)' : '');

/** How the costs were measured, in one sentence. */
const cost =
  processorTimeSource === undefined
    ? 'Processor time is not available on this system: costs are real time, and other programs are part of them'
    : `Costs are processor time of the server process, user and system, from \`${processorTimeSource}\``;

/** The targets as a table. */
export const targetTable = (results: Results): string =>
  table(
    ['target', 'wanted', 'measured', ''],
    targets(results).map(({ what, wanted, measured, met }) => [what, wanted, measured, verdict(met)]),
  );

/** The results as a page. */
export function page(results: Results): string {
  return [
    `<!-- Written by \`npm run bench\`. -->

# Results

${machine(results)}

![Speed relative to bare Fastify, by kind of work](results.svg)

## Targets

${targetTable(results)}`,
    ...works.map((work) => workTable(results, work)),
    aboutMethod(),
    flowTable(results.flows),
    latencyTable(results.latencies),
    footprint(results),
  ].join('\n\n');
}

function machine({ machineLoad, minutes, pairs, requests }: Results): string {
  const processor = cpus();
  return `Node ${process.version} on ${process.platform} ${release()}, ${String(processor.length)} cores of ${String(processor[0]?.model)}, ${whole(totalmem() / 2 ** 30)} GiB; ${pinning}.
Requests came from ${generator} over ten connections. The load average of the machine was ${two(machineLoad[0])} at the start and ${two(machineLoad[1])} at the end, ${minutes.toFixed(0)} minutes later. All servers ran with
their default settings, Understudy with its journal and log; flags of V8: ${flags}.${notComparable === undefined ? '' : `\n\n**${notComparable}**`}

${cost}. Each round of at most ${whole(requests)} requests
follows right after one of ${floorName}, and each ratio is of one such pair, of ${String(pairs)}. Numbers are medians, with the quartiles in brackets. "Best over best" compares the cheapest round of each.
"Too noisy" means that the rounds of ${floorName} differed by more than half of their median in each of three attempts.`;
}

function workTable({ series }: Results, work: keyof typeof titles): string {
  const rows = contenders.flatMap(({ name }) => {
    const found = series.find((each) => each.contender === name && each.work === work);
    if (found === undefined) return [[name, '–', '–', '–', '–', '–']];
    const { ratio, bestOverBest } = relativeSpeed(found.costs, found.referenceCosts);
    return [
      [
        name + noise(found),
        quartiles(ratio, two),
        two(bestOverBest),
        quartiles(spreadOf(found.costs), whole),
        quartiles(spreadOf(found.referenceCosts), whole),
        whole(spreadOf(found.rounds.map(({ perSecond }) => perSecond)).median),
      ],
    ];
  });
  const head = [
    '',
    `speed relative to ${floorName}`,
    'best over best',
    'µs',
    `µs of ${floorName}`,
    'answers per second',
  ];
  return `## ${titles[work]}\n\n${table(head, rows)}`;
}

function aboutMethod(): string {
  const together = sharesCore
    ? 'Server and load generator share a core, so the answers per second are what both together reach.\n'
    : '';
  return `${together}${floorName} relative to itself shows the error of the method. oauth2-mock-server's userinfo endpoint does not check the token, so it is not measured here.`;
}

function flowTable(flows: readonly FlowSeries[]): string {
  return `## The whole flow of a test

Make a world, authorize, exchange the code, call the API, refresh, drop the world: six requests. At Understudy the pages of the
world answer themselves. No peer has worlds: there, a test gets a server of its own in the same process, which is the cheapest way
to separate tests. At oidc-provider, code and token come from its models in place of an authorization request; oauth2-mock-server's
userinfo endpoint does not check the token, and making its key is most of its cost.

${table(
  ['', 'flows for each second of processor time', 'µs for each flow', `in exchanges of ${floorName}`],
  flows.map((each) => [
    each.contender + noise(each),
    quartiles(spreadOf(each.costs.map((micros) => 1e6 / micros)), whole),
    quartiles(spreadOf(each.costs), whole),
    quartiles(inExchanges(each), two),
  ]),
)}`;
}

function latencyTable(latencies: readonly Latency[]): string {
  return `## Latency at half load

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
)}`;
}

function footprint({ starts, memory, installs, bundle }: Results): string {
  return `## Start, memory and size

${table(
  ['start to first answer', 'ms of processor time', `relative to ${floorName}`, 'ms'],
  starts.map((each) => [
    each.contender + noise(each),
    quartiles(spreadOf(each.costs.map((micros) => micros / 1000)), whole),
    quartiles(relativeSpeed(each.referenceCosts, each.costs).ratio, two),
    quartiles(spreadOf(each.rounds.map(({ milliseconds }) => milliseconds)), whole),
  ]),
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

All parts of the bundle that the command, the library and the image run are ${whole(bundle.plain)} KiB, ${whole(bundle.gzip)} KiB when compressed.
`;
}
