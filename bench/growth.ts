/**
 * Compares the cost of a request at servers that differ in one size (tokens, worlds, faults, journal), each round
 * paired with one at the smallest size right before it, and writes growth.md. Options: `--pairs N` (15); `--quick`
 * prints the table from fewer pairs, and writes nothing.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { call } from './contenders.js';
import { measurePairs } from './pairs.js';
import { processorTimeSource } from './processor-time.js';
import { generator, notComparable, send } from './send.js';
import { ServerProcess, nodeCommand, pinning } from './server-process.js';
import { relativeSpeed, spreadOf } from './statistics.js';
import { spare } from './wrk.js';
import { quartiles, table, two, verdict, whole } from './writing.js';
import type { Item } from './contenders.js';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '15' }, quick: { type: 'boolean', default: false } },
});
const pairs = values.quick ? 5 : Number(values.pairs);
const requests = values.quick ? 2000 : 6000;
const attempts = values.quick ? 1 : 3;
/** The lowest relative speed of a large size. */
const wanted = 0.8;

interface End {
  readonly name: string;
  readonly grown: object;
  readonly emptyJournal?: boolean;
}

/** The varied sizes. The first one is the reference of the others. */
const growths: readonly { readonly what: string; readonly ends: readonly [End, ...End[]] }[] = [
  { what: 'live tokens', ends: [tokens(1000), tokens(100_000), tokens(1_000_000)] },
  { what: 'worlds', ends: [worlds(1), worlds(1000), worlds(10_000)] },
  { what: 'faults that do not match', ends: [faults(0), faults(1000)] },
  {
    what: 'journal',
    ends: [
      { name: 'empty', grown: {}, emptyJournal: true },
      { name: 'full (1,000)', grown: {} },
    ],
  },
];

function tokens(count: number): End {
  return { name: whole(count), grown: { tokens: count } };
}

function worlds(count: number): End {
  return { name: whole(count), grown: { worlds: count } };
}

function faults(count: number): End {
  return { name: whole(count), grown: { faults: count } };
}

const works = ['exchange', 'bearer'] as const;

async function round(server: ServerProcess, work: string, { emptyJournal = false }: End): Promise<{ micros: number }> {
  const items = await call<Item[]>(`${String(server.control)}/?work=${work}&n=${String(requests + spare)}`);
  if (emptyJournal) await call(`${String(server.control)}/?n=0&journal=empty`);
  const method = work === 'bearer' ? 'GET' : 'POST';
  const before = server.processorMicros;
  const { answers, seconds, failed } = await send(
    { url: server.url, method, headers: { 'content-type': 'application/x-www-form-urlencoded' }, items },
    requests,
  );
  if (failed > 0) throw new Error(`${String(failed)} of ${String(answers)} requests failed at ${work}`);
  return { micros: (processorTimeSource === undefined ? seconds * 1e6 : server.processorMicros - before) / answers };
}

const startOf = async ({ grown }: End): Promise<ServerProcess> =>
  ServerProcess.start(nodeCommand('scripts/run.js', 'bench/growth-server.ts', JSON.stringify(grown)));

/** The rows of one kind of work at one size. */
async function rowOf(
  what: string,
  work: string,
  near: [ServerProcess, End],
  far: [ServerProcess, End],
): Promise<string[]> {
  // Compiles the code of both.
  for (let i = 0; i < 2; i += 1) for (const [server, end] of [near, far]) await round(server, work, end);
  const { costs, referenceCosts, noisy } = await measurePairs({
    pairs,
    attempts,
    reference: () => round(near[0], work, near[1]),
    subject: () => round(far[0], work, far[1]),
    tell: (line) => {
      console.log(`${what}, ${far[1].name}, ${work}: ${line}`);
    },
  });
  const { ratio, bestOverBest } = relativeSpeed(costs, referenceCosts);
  const row = [
    what,
    `${near[1].name} → ${far[1].name}`,
    work,
    quartiles(spreadOf(referenceCosts), whole),
    quartiles(spreadOf(costs), whole),
    quartiles(ratio, two),
    two(bestOverBest),
    verdict(ratio.median >= wanted) + (noisy ? ', too noisy' : ''),
  ];
  console.log(row.join(' | '));
  return row;
}

/** What one of the things takes in memory, in bytes, from the resident memory of both servers before their first request. */
function bytesEach(nearMiB: number, farMiB: number, more: number): string {
  return whole(((farMiB - nearMiB) * 2 ** 20) / more);
}

const rows: string[][] = [];
const sizes: string[] = [];
for (const { what, ends } of growths) {
  const [first, ...others] = ends;
  const near = await startOf(first);
  const nearMiB = near.residentMiB;
  for (const end of values.quick ? others.slice(-1) : others) {
    const far = await startOf(end);
    try {
      if (end.name === '1,000,000') {
        sizes.push(
          `A live access token with its refresh token and grant: ${bytesEach(nearMiB, far.residentMiB, 999_000)} bytes.`,
        );
      }
      if (end.name === '10,000') {
        sizes.push(
          `A world with one provider in use and an empty journal: ${bytesEach(nearMiB, far.residentMiB, 9999)} bytes.`,
        );
      }
      for (const work of works) rows.push(await rowOf(what, work, [near, first], [far, end]));
    } finally {
      await far.stop();
    }
  }
  await near.stop();
}

const page = `<!-- Written by \`npm run bench:growth\`. -->

# Growth

Provider: DottedSign, whose answers cost the most. Setup: ${pinning}; requests come from ${generator}.${notComparable === undefined ? '' : ` **${notComparable}**`}
Each row compares the processor time of the server for each answer (${processorTimeSource === undefined ? 'not available on this system: real time' : `from \`${processorTimeSource}\``}) in ${String(pairs)} pairs of rounds of ${whole(requests)} requests:
one at the small size, and right after it one at the large size. Numbers are medians, with the quartiles in brackets. "Best over best"
compares the cheapest round of each. "Too noisy" means that the rounds at the small size differed by more than half of their median in each of ${String(attempts)} attempts.
Target: at least ${String(wanted)} of the speed at the small size. Requests go to all worlds in turn, with live tokens from the whole map.

${table(['what grows', 'from → to', 'work', 'µs at the small size', 'µs at the large size', 'relative speed', 'best over best', ''], rows)}

${sizes.join('\n')}
`;
if (values.quick) console.log(page);
else writeFileSync('bench/growth.md', page);
