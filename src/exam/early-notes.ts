import { formatDuration } from '../input/duration.js';

/** Real time from which on the length of an exam is told before its first check, in milliseconds. */
const longFromMs = 120_000;

/** What the first flow showed of the exam as a whole. */
export interface ExamAhead {
  /** Why calls prove nothing. Undefined: they do. */
  readonly callsProveNothing: string | undefined;
  /** Real time that the first flow and its calls took, in milliseconds. */
  readonly flowMs: number;
  /** Number of checks, each counted as often as it is repeated. */
  readonly checks: number;
}

/** What a reader should know before the first check: that calls are not judged, and that the exam will be long. */
export function earlyNotes({ callsProveNothing, flowMs, checks }: ExamAhead): string[] {
  const wholeMs = flowMs * checks;
  const atLeast = formatDuration(60 * Math.round(wholeMs / 60_000));
  const seconds = (flowMs / 1000).toFixed(1);
  const took = `the first flow and its calls took ${seconds} s`;
  const length = `${took}, so ${checks} checks will take at least about ${atLeast}`;
  return [
    ...(callsProveNothing === undefined ? [] : [`${callsProveNothing}; checks that need calls are not made`]),
    ...(wholeMs < longFromMs ? [] : [`${length}; the options only and group select fewer`]),
  ];
}
