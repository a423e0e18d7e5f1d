/**
 * Compares the throughput of servers that differ in one size (tokens, worlds, faults, journal), in interleaved rounds, and
 * writes growth.md. Options: `--rounds N` (5), `--quick`.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { call } from './contenders.js';
import { generator, send } from './send.js';
import { ServerProcess, pinning } from './server-process.js';
import { inTurn, measured, ratios } from './statistics.js';
import { spare } from './wrk.js';
import type { Item } from './contenders.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, quick: { type: 'boolean', default: false } },
});
const rounds = values.quick ? 2 : Number(values.rounds);
const requests = values.quick ? 2000 : 6000;
const less = values.quick ? 10 : 1;

interface End {
  readonly name: string;
  readonly grown: object;
  readonly emptyJournal?: boolean;
}

/** The varied sizes. The first one is the reference of the ratios. */
const growths: readonly { readonly what: string; readonly ends: readonly End[] }[] = [
  {
    what: 'live tokens',
    ends: [1000, 100_000, 1_000_000].map((tokens) => ({
      name: (tokens / less).toLocaleString('en'),
      grown: { tokens: tokens / less },
    })),
  },
  {
    what: 'worlds',
    ends: [1, 1000, 10_000]
      .map((worlds) => Math.max(1, worlds / less))
      .map((worlds) => ({ name: worlds.toLocaleString('en'), grown: { worlds } })),
  },
  {
    what: 'faults that do not match',
    ends: [0, 1000].map((faults) => ({ name: faults.toLocaleString('en'), grown: { faults } })),
  },
  {
    what: 'journal',
    ends: [
      { name: 'empty', grown: {}, emptyJournal: true },
      { name: 'full (1,000)', grown: {} },
    ],
  },
];

async function round(
  server: ServerProcess,
  work: string,
  { emptyJournal = false }: End,
): Promise<{ perSecond: number; cpuMicros: number }> {
  const items = await call<Item[]>(`${String(server.control)}/?work=${work}&n=${String(requests + spare)}`);
  if (emptyJournal) await call(`${String(server.control)}/?n=0&journal=empty`);
  const method = work === 'bearer' ? 'GET' : 'POST';
  const before = server.cpuSeconds;
  const { answers, seconds, failed } = await send(
    { url: server.url, method, headers: { 'content-type': 'application/x-www-form-urlencoded' }, items },
    requests,
  );
  if (failed > 0) throw new Error(`${String(failed)} of ${String(answers)} requests failed at ${work}`);
  return { perSecond: answers / seconds, cpuMicros: ((server.cpuSeconds - before) / answers) * 1e6 };
}

const rows: string[] = [];
const sizes: string[] = [];
for (const { what, ends } of growths) {
  const servers: ServerProcess[] = [];
  for (const { grown } of ends) {
    servers.push(
      await ServerProcess.start([process.execPath, 'scripts/run.js', 'bench/growth-server.ts', JSON.stringify(grown)]),
    );
  }
  const [near] = servers as [ServerProcess];
  const far = servers.at(-1) as ServerProcess;
  if (what === 'live tokens') {
    sizes.push(
      `A live access token with its refresh token and grant: ${(((far.residentMiB - near.residentMiB) * 2 ** 20) / ((1_000_000 - 1000) / less)).toFixed(0)} bytes.`,
    );
  }
  if (what === 'worlds') {
    sizes.push(
      `A world with one provider in use and an empty journal: ${(((far.residentMiB - near.residentMiB) * 2 ** 20) / (10_000 / less)).toFixed(0)} bytes.`,
    );
  }
  for (const work of ['exchange', 'bearer']) {
    const seen = ends.map(() => ({ perSecond: [] as number[], cpuMicros: [] as number[] }));
    for (let turn = 0; turn <= rounds; turn += 1) {
      for (const i of inTurn([...ends.keys()], turn)) {
        const { perSecond, cpuMicros } = await round(servers[i] as ServerProcess, work, ends[i] as End);
        // The first round is a warm-up.
        if (turn === 0) continue;
        seen[i]?.perSecond.push(perSecond);
        seen[i]?.cpuMicros.push(cpuMicros);
      }
    }
    for (const [i, { name }] of ends.entries()) {
      const { perSecond = [], cpuMicros = [] } = seen[i] ?? {};
      const ofNear = ratios(perSecond, seen[0]?.perSecond ?? []);
      const byCpu = ratios(seen[0]?.cpuMicros ?? [], cpuMicros);
      const verdict = i === 0 ? '' : ofNear.median >= 0.8 ? 'met' : '**missed**';
      rows.push(
        `| ${what} | ${name} | ${work} | ${Math.round(measured(perSecond).median).toLocaleString('en')} | ${ofNear.median.toFixed(2)} (${ofNear.least.toFixed(2)}–${ofNear.most.toFixed(2)}) | ${byCpu.median.toFixed(2)} | ${verdict} |`,
      );
      console.log(rows.at(-1));
    }
  }
  for (const server of servers) await server.stop();
}
writeFileSync(
  'bench/growth.md',
  `<!-- Written by \`npm run bench:growth\`. -->

# Growth

Provider: DottedSign, whose answers cost the most. Setup: ${pinning}; requests come from ${generator}. Each row is the median of ${String(rounds)} interleaved rounds of
${requests.toLocaleString('en')} requests; target: at least 0.8 of the rate of the first size of each kind. Requests go to all worlds in turn, with live tokens
from the whole map. The column "by processor time" compares the processor time of the server for each answer, which varies less on a
shared machine.

| what grows | to | work | answers per second | of the first size | by processor time | |
|---|---:|---|---:|---:|---:|---|
${rows.join('\n')}

${sizes.join('\n')}
`,
);
