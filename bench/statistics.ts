/** Five numbers that tell how values are distributed. */
export interface Spread {
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly most: number;
}

/** The spread of some numbers, at least one. Quartiles are interpolated between the neighbouring values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share;
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]] as [number, number];
    return below + (above - below) * (place % 1);
  };
  return { least: at(0), lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75), most: at(1) };
}

/** Ratios of two series, pair by pair: a disturbance of the machine that lasts longer than a pair is in both. */
export function pairedRatios(over: readonly number[], under: readonly number[]): number[] {
  return over.map((value, i) => value / (under[i] as number));
}

/** The distance from the lowest to the highest value, relative to the median. */
export function relativeRange(values: readonly number[]): number {
  const { least, median, most } = spreadOf(values);
  return (most - least) / median;
}

/** More than this, and a series says nothing about small differences: its reference changed too much while it ran. */
const calmRange = 0.5;

/** Whether the costs of the reference vary so much that the ratios to it are not reliable. */
export const tooNoisy = (referenceCosts: readonly number[]): boolean => relativeRange(referenceCosts) > calmRange;

/** The speed of something relative to a reference that was measured right before it, from the costs of both. */
export interface Speed {
  /** The paired ratios: 0.5 means that the reference costs half as much. */
  readonly ratio: Spread;
  /** The lowest cost of the reference over the lowest cost of what is measured. */
  readonly bestOverBest: number;
}

/**
 * How fast something is beside a reference that was measured in the same rounds.
 *
 * @param costs the cost of each round, in any unit
 * @param referenceCosts the cost of the reference in the same rounds, in the same unit
 */
export function relativeSpeed(costs: readonly number[], referenceCosts: readonly number[]): Speed {
  return {
    ratio: spreadOf(pairedRatios(referenceCosts, costs)),
    bestOverBest: Math.min(...referenceCosts) / Math.min(...costs),
  };
}

/** Rotates the order each round, so that none always runs first. */
export function inTurn<T>(items: readonly T[], round: number): T[] {
  const at = round % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
