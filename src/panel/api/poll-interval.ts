/** The longest time between two reads, in milliseconds. */
const longestMs = 30_000;
/** Number of reads that are looked at. One slow read says nothing: the machine may have been busy. */
export const sampleCount = 3;

/**
 * The time between two reads: at least `firstMs`, and five times what a read takes, so that a large world does not keep
 * its server busy. It changes in steps, and becomes shorter only when reads are much faster than before.
 *
 * @param nowMs the present time between two reads
 * @param tookMs how long the latest reads took
 */
export function nextInterval(nowMs: number, tookMs: readonly number[], firstMs: number): number {
  if (tookMs.length < sampleCount) return nowMs;
  const fastest = Math.min(...tookMs.slice(-sampleCount));
  let wanted = firstMs;
  while (wanted < fastest * 5 && wanted < longestMs) wanted *= 2;
  wanted = Math.min(wanted, longestMs);
  return wanted > nowMs || wanted * 4 <= nowMs ? wanted : nowMs;
}
