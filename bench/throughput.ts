import { bareFastify, contenders, works } from './contenders.js';
import { measurePairs } from './pairs.js';
import { processorTimeSource } from './processor-time.js';
import { send } from './send.js';
import { ServerProcess } from './server-process.js';
import { spare } from './wrk.js';
import type { Contender, Work } from './contenders.js';
import type { Pairs } from './pairs.js';

/** One round of requests of one kind at one server. */
export interface Round {
  /** Processor time of the server for each answer, in microseconds; real time where processor time is not available. */
  readonly micros: number;
  readonly perSecond: number;
}

/** The rounds of one contender at one kind of work, each paired with one of bare Fastify right before it. */
export interface Series extends Pairs<Round> {
  readonly contender: string;
  readonly work: Work;
}

export interface ThroughputOptions {
  /** Names of contenders that are left out. */
  readonly without: readonly string[];
  /** Contenders that are measured at the exchange alone. */
  readonly exchangeOnly?: readonly string[];
  readonly pairs: number;
  /** Requests of a round. */
  readonly requests: number;
  /** Requests before the first round that counts: the JIT compiler needs about ten thousand. */
  readonly warmupRequests?: number;
  readonly attempts: number;
  /** See `PairOptions`. */
  readonly until?: number;
  readonly tell: (line: string) => void;
}

/** Measures every contender at every kind of work that it supports. */
export async function measureThroughput(options: ThroughputOptions): Promise<Series[]> {
  const measured = contenders.filter(({ name }) => !options.without.includes(name));
  const floor = await ServerProcess.start(bareFastify.command);
  const servers = new Map<Contender, ServerProcess>();
  try {
    for (const contender of measured) servers.set(contender, await ServerProcess.start(contender.command));
    const all: Series[] = [];
    for (const work of works) {
      await warmUp(bareFastify, floor, work, options);
      for (const [contender, server] of servers) {
        if (work !== 'exchange' && options.exchangeOnly?.includes(contender.name)) continue;
        const made = await oneSeries(contender, server, floor, work, options);
        if (made !== undefined) all.push(made);
      }
    }
    return all;
  } finally {
    for (const server of [floor, ...servers.values()]) await server.stop();
  }
}

async function oneSeries(
  contender: Contender,
  server: ServerProcess,
  floor: ServerProcess,
  work: Work,
  options: ThroughputOptions,
): Promise<Series | undefined> {
  if (!(await warmUp(contender, server, work, options))) return undefined;
  const tell = (line: string): void => {
    options.tell(`${work} at ${contender.name}: ${line}`);
  };
  const pairs = await measurePairs({
    pairs: options.pairs,
    attempts: options.attempts,
    until: options.until,
    tell,
    reference: async () => measureRound(bareFastify, floor, work, options.requests),
    subject: async () =>
      measureRound(contender, server, work, Math.min(options.requests, contender.requests ?? Infinity)),
  });
  tell(`${String(pairs.costs.length)} pairs`);
  return { contender: contender.name, work, ...pairs };
}

/** Lets the server compile its code. False if it does not support this kind of work. */
async function warmUp(
  { job, requests: most = Infinity }: Contender,
  { url }: ServerProcess,
  work: Work,
  { warmupRequests = 12_000 }: ThroughputOptions,
): Promise<boolean> {
  const requests = Math.min(warmupRequests, most);
  const made = await job(work, url, requests + spare);
  if (made !== undefined) await send(made, requests);
  return made !== undefined;
}

/** Sends one round of requests, which are prepared before its time begins. */
export async function measureRound(
  { name, job }: Contender,
  server: ServerProcess,
  work: Work,
  requests: number,
): Promise<Round> {
  const made = await job(work, server.url, requests + spare);
  if (made === undefined) throw new Error(`${name} does not support ${work}`);
  const before = server.processorMicros;
  const { answers, seconds, failed } = await send(made, requests);
  if (failed > 0) throw new Error(`${name} failed ${String(failed)} of ${String(answers)} requests at ${work}`);
  return {
    micros: (processorTimeSource === undefined ? seconds * 1e6 : server.processorMicros - before) / answers,
    perSecond: answers / seconds,
  };
}
