/** The median of some numbers, the lowest and the highest, and their distance relative to the median. */
export interface Measured {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly rounds: number;
}

export function measured(values: readonly number[]): Measured {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: median(sorted), least: sorted[0] as number, most: sorted.at(-1) as number, rounds: sorted.length };
}

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Ratios of two series, round by round, because a disturbance affects both. */
export function ratios(over: readonly number[], under: readonly number[]): Measured {
  return measured(over.map((value, i) => value / (under[i] as number)));
}

/** Rotates the order each round, so that none always runs first. */
export function inTurn<T>(items: readonly T[], round: number): T[] {
  const at = round % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
