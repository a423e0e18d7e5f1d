import { floorName, programName } from './names.js';
import { relativeSpeed, spreadOf } from './statistics.js';
import { whole, quartiles, two } from './writing.js';
import type { FlowSeries } from './flows.js';
import type { Results } from './run-results.js';
import type { Spread } from './statistics.js';
import type { Series } from './throughput.js';

/** What is wanted, and what was measured. */
export interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  /** Undefined: this run did not measure it. */
  readonly met: boolean | undefined;
}

const isOurs = ({ contender }: { readonly contender: string }): boolean => contender.startsWith('Understudy');
const noise = ({ noisy }: { readonly noisy: boolean }): string => (noisy ? '; too noisy' : '');
const short = (contender: string): string => contender.replace('Understudy, ', '');

/** The targets, in the order of their table. */
export function targets(results: Results): Target[] {
  return [
    ...(['exchange', 'refresh', 'bearer'] as const).map((work) =>
      ofBareFastify(results.series, work, work === 'bearer' ? 0.7 : 0.6),
    ),
    ofPeer(results.series, 'oidc-provider', 3),
    ofPeer(results.series, 'oauth2-mock-server', 15),
    start(results),
    flowRate(results.flows),
    flowOfPeer(results.flows),
    memory(results),
    time('start() of the library in process, after the first', 60, results.library?.start),
    time('newWorld() over HTTP', 2, results.library?.newWorld),
    tails(results),
  ];
}

/** A target that this run does not know more about. */
const unknown = (what: string, wanted: string): Target => ({ what, wanted, measured: 'not measured', met: undefined });

const ratioOf = ({ costs, referenceCosts }: Series): Spread => relativeSpeed(costs, referenceCosts).ratio;

/** The slowest provider at a kind of work, relative to bare Fastify. */
function slowest(series: readonly Series[], work: string): Series | undefined {
  const ours = series.filter((each) => isOurs(each) && each.work === work);
  return ours.sort((a, b) => ratioOf(a).median - ratioOf(b).median)[0];
}

function ofBareFastify(series: readonly Series[], work: string, wanted: number): Target {
  const what = `${work}: speed relative to ${floorName}, the slowest provider`;
  const atLeast = `at least ${String(wanted)}`;
  const found = slowest(series, work);
  if (found === undefined) return unknown(what, atLeast);
  const { ratio, bestOverBest } = relativeSpeed(found.costs, found.referenceCosts);
  const measured = `${quartiles(ratio, two)}; best over best ${two(bestOverBest)} (${short(found.contender)}${noise(found)})`;
  return { what, wanted: atLeast, measured, met: ratio.median >= wanted };
}

/** Both are relative to bare Fastify's rounds right before theirs, so their quotient compares them. */
function ofPeer(series: readonly Series[], peer: string, wanted: number): Target {
  const what = `exchange: speed relative to ${peer}, the slowest provider`;
  const atLeast = `at least ${String(wanted)}`;
  const ours = slowest(series, 'exchange');
  const theirs = series.find(({ contender, work }) => contender === peer && work === 'exchange');
  if (ours === undefined || theirs === undefined) return unknown(what, atLeast);
  const quotient = ratioOf(ours).median / ratioOf(theirs).median;
  return {
    what,
    wanted: atLeast,
    measured: `${two(quotient)} (${short(ours.contender)}${noise(ours) || noise(theirs)})`,
    met: quotient >= wanted,
  };
}

function start({ starts }: Results): Target {
  const what = `start to first answer: processor time relative to ${floorName}`;
  const found = starts.find(({ contender }) => contender === programName);
  if (found === undefined) return unknown(what, 'at most 1.2');
  const { ratio, bestOverBest } = relativeSpeed(found.referenceCosts, found.costs);
  return {
    what,
    wanted: 'at most 1.2',
    measured: `${quartiles(ratio, two)}; best over best ${two(bestOverBest)}${noise(found)}`,
    met: ratio.median <= 1.2,
  };
}

/** Flows that one core would do in a second. */
const flowsACoreSecond = ({ costs }: FlowSeries): Spread => spreadOf(costs.map((micros) => 1e6 / micros));

const slowestFlow = (flows: readonly FlowSeries[]): FlowSeries | undefined =>
  flows.filter(isOurs).sort((a, b) => flowsACoreSecond(a).median - flowsACoreSecond(b).median)[0];

function flowRate(flows: readonly FlowSeries[]): Target {
  const what = 'whole flow of a test, for each second of processor time, the slowest provider';
  const found = slowestFlow(flows);
  if (found === undefined) return unknown(what, 'at least 1,500');
  const rate = flowsACoreSecond(found);
  const measured = `${quartiles(rate, whole)} (${short(found.contender)}${noise(found)})`;
  return { what, wanted: 'at least 1,500', measured, met: rate.median >= 1500 };
}

/** The cost of a flow in exchanges of bare Fastify, which were measured right before it. */
export const inExchanges = ({ costs, referenceCosts }: FlowSeries): Spread =>
  relativeSpeed(referenceCosts, costs).ratio;

function flowOfPeer(flows: readonly FlowSeries[]): Target {
  const what = 'whole flow of a test, relative to the fastest peer, the slowest provider';
  const ours = slowestFlow(flows);
  const theirs = flows.filter((each) => !isOurs(each)).sort((a, b) => inExchanges(a).median - inExchanges(b).median)[0];
  if (ours === undefined || theirs === undefined) return unknown(what, 'at least 10');
  const quotient = inExchanges(theirs).median / inExchanges(ours).median;
  return {
    what,
    wanted: 'at least 10',
    measured: `${two(quotient)} (${short(ours.contender)}, ${theirs.contender}${noise(ours) || noise(theirs)})`,
    met: quotient >= 10,
  };
}

function memory({ memory: all }: Results): Target {
  const [ours, floor] = [programName, floorName].map((name) => all.find(({ contender }) => contender === name));
  const what = `memory after ${whole(ours?.exchanges ?? 100_000)} exchanges, more than ${floorName}`;
  const wanted = 'at most 40 MB';
  if (ours === undefined || floor === undefined) return unknown(what, wanted);
  const more = ((ours.afterMiB - floor.afterMiB) * 2 ** 20) / 1e6;
  // a quick run does fewer
  const met = ours.exchanges < 100_000 ? undefined : more <= 40;
  return { what, wanted, measured: `${whole(more)} MB`, met };
}

function time(what: string, most: number, found: Spread | undefined): Target {
  const wanted = `under ${String(most)} ms`;
  if (found === undefined) return unknown(what, wanted);
  return { what, wanted, measured: `${quartiles(found, two)} ms`, met: found.median < most };
}

function tails({ latencies }: Results): Target {
  const what = 'p99 / p50 at half load, the worst provider';
  const tail = ({ p50, p99 }: { readonly p50: number; readonly p99: number }): number => p99 / p50;
  const worst = Math.max(...latencies.filter(isOurs).map(tail));
  const floor = latencies.find(({ contender }) => contender === floorName);
  if (floor === undefined) return unknown(what, 'under 5');
  return { what, wanted: 'under 5', measured: `${two(worst)}; of ${floorName} ${two(tail(floor))}`, met: worst < 5 };
}
