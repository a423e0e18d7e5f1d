import { contenders, works } from './contenders.js';
import { send } from './send.js';
import { ServerProcess } from './server-process.js';
import { inTurn } from './statistics.js';
import { spare } from './wrk.js';
import type { Contender, Work } from './contenders.js';

/** Results of one contender at one kind of work, with one number for each round. */
export interface Series {
  readonly contender: string;
  readonly work: Work;
  /** Answers per second. */
  readonly perSecond: number[];
  /** Processor time of the server for each answer, in microseconds. */
  readonly cpuMicros: number[];
  /** Load of the generator; near 1, the generator and not the server is the bottleneck. */
  readonly generatorLoad: number[];
}

const usualRequests = 8000;

/** Warm-up rounds, which are not counted: the JIT compiler needs about ten thousand requests. */
const warmups = 2;

/** Runs interleaved rounds of all kinds of work at all contenders. */
export async function measureThroughput(rounds: number, tell: (line: string) => void): Promise<Series[]> {
  const servers = new Map<Contender, ServerProcess>();
  for (const contender of contenders) servers.set(contender, await ServerProcess.start(contender.command));
  try {
    const all = new Map<string, Series>();
    for (let round = 0; round < warmups + rounds; round += 1) {
      for (const work of works) {
        for (const contender of inTurn(contenders, round)) {
          await oneRound(
            contender,
            servers.get(contender) as ServerProcess,
            work,
            round >= warmups ? all : new Map<string, Series>(),
          );
        }
      }
      tell(round < warmups ? 'warming up' : `round ${String(round + 1 - warmups)} of ${String(rounds)}`);
    }
    return [...all.values()];
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

async function oneRound(
  { name, job, requests = usualRequests }: Contender,
  server: ServerProcess,
  work: Work,
  all: Map<string, Series>,
): Promise<void> {
  const made = await job(work, server.url, requests + spare);
  if (made === undefined) return;
  const before = server.cpuSeconds;
  const { answers, seconds, failed, cpuSeconds } = await send(made, requests);
  if (failed > 0) throw new Error(`${name} failed ${String(failed)} of ${String(answers)} requests at ${work}`);
  const key = `${name} ${work}`;
  const series = all.get(key) ?? { contender: name, work, perSecond: [], cpuMicros: [], generatorLoad: [] };
  all.set(key, series);
  series.perSecond.push(answers / seconds);
  series.cpuMicros.push(((server.cpuSeconds - before) / answers) * 1e6);
  series.generatorLoad.push(cpuSeconds / seconds);
}
