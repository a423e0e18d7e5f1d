import type { Spread } from './statistics.js';

/** A whole number, with commas. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** A number with two decimals. */
export const two = (value: number): string => value.toFixed(2);

/** A median with its quartiles: `0.58 (0.57–0.60)`. */
export const quartiles = ({ median, lowerQuartile, upperQuartile }: Spread, write: (value: number) => string): string =>
  `${write(median)} (${write(lowerQuartile)}–${write(upperQuartile)})`;

/** A table in Markdown. The first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** `met`, `missed`, or nothing for what was not measured. */
export const verdict = (met: boolean | undefined): string => (met === undefined ? '–' : met ? 'met' : '**missed**');
