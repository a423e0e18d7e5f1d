const units = [
  { ms: 365 * 86_400_000, one: 'year' },
  { ms: 86_400_000, one: 'day' },
  { ms: 3_600_000, one: 'hour' },
  { ms: 60_000, one: 'minute' },
  { ms: 1000, one: 'second' },
] as const;

/** What does not matter beside a length of time, in milliseconds: seconds beside hours, minutes beside days. */
const roundings = [
  { from: 86_400_000, to: 3_600_000 },
  { from: 3_600_000, to: 60_000 },
] as const;

/**
 * A length of time in words: its two largest units, such as `1 hour 5 minutes`, rounded. Below a second: `0 seconds`.
 */
export function durationInWords(ms: number): string {
  const exact = Math.abs(ms);
  // half a minute less than an hour is an hour in these words
  const { to } = roundings.find(({ from, to: step }) => exact + step / 2 >= from) ?? { to: 1 };
  let rest = Math.round(exact / to) * to;
  const parts: string[] = [];
  for (const { ms: unit, one } of units) {
    const count = Math.floor(rest / unit);
    if (count > 0) parts.push(`${count} ${one}${count === 1 ? '' : 's'}`);
    else if (parts.length > 0) break;
    rest -= count * unit;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 seconds';
}

/** Milliseconds of a request, short: `3 ms`, `1.2 s`. */
export const requestTime = (ms: number): string =>
  ms < 1000 ? `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

/** A point in time as `2026-11-21 12:00:05` in UTC, as the journal counts. Text that is no time is returned. */
export const timeInUtc = (at: string | number): string => instantInUtc(at).replace(/\.\d{3}$/, '');

/** A point in time with milliseconds, in UTC: `2026-11-21 12:00:05.123`. What is no time is returned as text. */
export function instantInUtc(at: string | number): string {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return String(at);
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}

/** The time of the day of an entry in UTC: `12:00:05.123`. */
export const timeOfDay = (at: string): string => /T(\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(at)?.[1] ?? at;

/** Day and time of an entry in UTC: `11-21 12:00:05.123`. A virtual clock can pass days between two requests. */
export const dayAndTime = (at: string): string => at.replace(/^.*?(\d\d-\d\d)T([\d:.]+)Z?$/, '$1 $2');

/** A number with its word: `1 entry`, `2 entries`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** A text with a capital letter at its start. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A number as the admin API takes it. Text that is no number is returned, for the server to refuse. */
export function numberOf(text: string): number | string {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? text : number;
}
