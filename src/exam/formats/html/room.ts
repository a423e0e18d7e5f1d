/** Maximum size of the file without its style, in bytes. */
export const roomBytes = 1_800_000;

/**
 * The room that each of several parts may take, so that all together fit: small parts leave their rest to large ones.
 *
 * @returns Infinity if all parts fit as they are
 */
export function roomFor(sizes: readonly number[], total: number): number {
  let left = total;
  const ascending = [...sizes].sort((one, other) => one - other);
  for (const [i, size] of ascending.entries()) {
    const share = left / (ascending.length - i);
    if (size > share) return share;
    left -= size;
  }
  return Infinity;
}

/** A part of a list, with its size. */
export interface Sized {
  readonly size: number;
  /** Whether it is among the parts that matter most. */
  readonly matters: boolean;
}

/** The parts that fit into a room, in their order: first those that matter, then their neighbours. */
export function fitting<T extends Sized>(parts: readonly T[], room: number): T[] {
  const important = parts.flatMap(({ matters }, i) => (matters ? [i] : []));
  // without one that matters, the first counts as such
  const anchors = important.length === 0 ? [0] : important;
  const distance = (i: number): number => Math.min(...anchors.map((anchor) => Math.abs(anchor - i)));
  const order = parts.map((part, i) => ({ part, rank: distance(i) })).sort((one, other) => one.rank - other.rank);
  const chosen = new Set<T>();
  let used = 0;
  for (const { part } of order) {
    used += part.size;
    if (used > room) break;
    chosen.add(part);
  }
  return parts.filter((part) => chosen.has(part));
}
