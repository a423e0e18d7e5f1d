import { contenders } from './contenders.js';
import { ServerProcess, load } from './server-process.js';
import { inTurn, spreadOf } from './statistics.js';
import type { Contender } from './contenders.js';
import type { Series } from './throughput.js';

/** Latency at half of the maximum rate of a server, in microseconds from the time at which a request was due. */
export interface Latency {
  readonly contender: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** p99 divided by p50 of every round, in ascending order. */
  readonly tails: readonly number[];
}

const seconds = 3;
/** Rounds of each contender. They are sequential, so that a pause of the machine affects only one. */
const rounds = 5;

/** Bearer checks at half of their measured rate; refreshes if the contender does not check tokens. */
export async function measureHalfLoad(series: readonly Series[], tell: (line: string) => void): Promise<Latency[]> {
  const servers = new Map<Contender, ServerProcess>();
  for (const contender of contenders) servers.set(contender, await ServerProcess.start(contender.command));
  const seen = new Map<Contender, Latency[]>();
  try {
    // The first round is a warm-up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const contender of inTurn(contenders, round)) {
        const latency = await oneRound(contender, servers.get(contender) as ServerProcess, series);
        if (round > 0) seen.set(contender, [...(seen.get(contender) ?? []), latency]);
      }
      tell(`half load, round ${String(round)} of ${String(rounds)}`);
    }
  } finally {
    for (const server of servers.values()) await server.stop();
  }
  return contenders.map((contender) => calmest(seen.get(contender) as Latency[]));
}

/** The round with the lowest p99 / p50: a pause of the machine can only raise it. */
function calmest(rounds: readonly Latency[]): Latency {
  const [first, ...others] = [...rounds].sort((a, b) => tail(a) - tail(b)) as [Latency, ...Latency[]];
  return { ...first, tails: [first, ...others].map(tail) };
}

/** p99 divided by p50. */
export const tail = ({ p50, p99 }: Latency): number => p99 / p50;

async function oneRound({ name, job }: Contender, { url }: ServerProcess, series: readonly Series[]): Promise<Latency> {
  const bearer = await job('bearer', url, 1);
  const work = bearer === undefined ? 'refresh' : 'bearer';
  const made = bearer ?? (await job('refresh', url, 1));
  const carried = series.find((each) => each.contender === name && each.work === work) as Series;
  const perSecond = Math.floor(spreadOf(carried.rounds.map((round) => round.perSecond)).median / 2);
  const { p50, p99, max, failed } = await load<{ p50: number; p99: number; max: number; failed: number }>(
    'latency.js',
    { ...made, body: made?.items[0]?.body, perSecond, seconds },
  );
  if (failed > 0) throw new Error(`${name} failed ${String(failed)} requests at half load`);
  return { contender: name, perSecond, p50, p99, max, tails: [] };
}
