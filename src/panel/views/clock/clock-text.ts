import { isAtEnd } from '../../clock-end.js';
import { counted, durationInWords } from '../../format.js';
import { kindWords } from '../../life.js';
import type { ClockState, Expired } from '../../../client/index.js';

/** Virtual time beside real time closer than this is the same, in milliseconds. */
const sameMs = 2000;

/** How a clock differs from real time, in words. */
export function beside(virtual: number, real: number): string {
  const ms = virtual - real;
  if (Math.abs(ms) < sameMs) return 'The same as real time';
  return `${durationInWords(ms)} ${ms > 0 ? 'ahead of' : 'behind'} real time`;
}

/** How a clock goes, in words. `now` is its virtual time. */
export function paceOf({ frozen, rate }: Pick<ClockState, 'frozen' | 'rate'>, now: number): string {
  if (frozen) return 'Frozen: time does not pass';
  if (isAtEnd(now)) return 'It stands at its last instant: a clock goes no further. Set it to an earlier time';
  if (rate === 1) return 'One second for each real second';
  return rate > 1
    ? `${counted(rate, 'second')} for each real second`
    : `One second for each ${counted(1 / rate, 'real second')}`;
}

/** What a skew does, in words. */
export function skewWords(skewSeconds: number): string {
  if (skewSeconds === 0) return 'Expiry is checked against the same time';
  const span = durationInWords(skewSeconds * 1000);
  const seconds = Math.abs(skewSeconds) < 1 ? counted(Math.abs(skewSeconds), 'second') : span;
  return `Expiry is checked against a clock that is ${seconds} ${skewSeconds > 0 ? 'ahead' : 'behind'}`;
}

/**
 * The text of a point in time as the admin API reads it: the form that the page shows, `2026-11-21 12:00:05`, is read
 * as UTC, and a day as its first instant. Undefined for other text and for a day that does not exist.
 */
export function instantOf(text: string): string | undefined {
  const [, day, time = '00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))? ?(Z|UTC|[+-]\d\d:\d\d)?$/i.exec(text.trim()) ?? [];
  const instant = `${String(day)}T${time}${/^utc$/i.test(zone) ? 'Z' : zone}`;
  // Date reads 30 February as 2 March
  const isDay = new Date(`${String(day)}T00:00Z`).getUTCDate() === Number(day?.slice(-2));
  return isDay && !Number.isNaN(Date.parse(instant)) ? instant : undefined;
}

/**
 * A duration that ends just after a time, as the admin API reads it: the next full minute, such as `1h1m`. It is a
 * minute for a time that has passed.
 */
export function justAfter(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000) + 1;
  return [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'm'],
  ]
    .filter(([count]) => count !== 0)
    .map((part) => part.join(''))
    .join('');
}

/** What expired, in words: `2 access tokens and 1 code expired`. The list may be a part of all. */
export function expiredInWords({ expired, total }: Pick<Move, 'expired' | 'total'>): string {
  if (total === 0) return 'Nothing expired.';
  if (expired.length < total) return `${counted(total, 'code or token', 'codes and tokens')} expired.`;
  const counts = (['access', 'refresh', 'code'] as const)
    .map((kind) => ({ kind, count: expired.filter((each) => each.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => counted(count, kindWords[kind]));
  return `${listInWords(counts)} expired.`;
}

const listInWords = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.slice(-1).join('')}`;

/** One move of the clock that this tab made. */
export interface Move {
  readonly id: number;
  readonly world: string;
  /** Virtual time before and after, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** The first codes and tokens that expired. */
  readonly expired: readonly Expired[];
  readonly total: number;
}

/** How far a move went, in words. */
export function moveWords(from: number, to: number): string {
  const ms = to - from;
  if (Math.abs(ms) < 1000) return 'The clock stayed where it was';
  return `The clock went ${durationInWords(ms)} ${ms > 0 ? 'forward' : 'back'}`;
}
