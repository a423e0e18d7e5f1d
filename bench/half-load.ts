import { contenders } from './contenders.js';
import { ServerProcess, load } from './server-process.js';
import { measured } from './statistics.js';
import type { Series } from './throughput.js';

/** How long answers took at half of what a server can carry, in microseconds from when each was due to be sent. */
export interface Latency {
  readonly contender: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const seconds = 4;

/** Bearer checks at half the rate at which refreshes were measured: a rate that the load generator can keep as well. */
export async function measureHalfLoad(series: readonly Series[], tell: (line: string) => void): Promise<Latency[]> {
  const all: Latency[] = [];
  for (const { name, command, job } of contenders) {
    const refreshes = series.find(({ contender, work }) => contender === name && work === 'refresh');
    if (refreshes === undefined) continue;
    const perSecond = Math.min(Math.floor(measured(refreshes.perSecond).median / 2), 4000);
    const server = await ServerProcess.start(command);
    try {
      // twice the same, of which the first warms up; where no token is looked at, a refresh stands for it
      for (let turn = 0; turn < 2; turn += 1) {
        const made = await job('bearer', server.url, 1) ?? await job('refresh', server.url, 1);
        const { p50, p99, max, failed } = await load<{ p50: number; p99: number; max: number; failed: number }>('latency.js', { ...made, body: made?.bodies[0], perSecond, seconds });
        if (failed > 0) throw new Error(`${name} failed ${String(failed)} requests at half load`);
        if (turn === 1) all.push({ contender: name, perSecond, p50, p99, max });
      }
    } finally {
      await server.stop();
    }
    tell(`half load of ${name}`);
  }
  return all;
}
