import { countBounds } from './expectation.js';
import { differences, matchesEntry } from './match.js';
import type { EntryView } from './entry-view.js';
import type { Expectation } from './expectation.js';
import type { Difference, Match } from './match.js';

/** An entry that explains why an expectation failed. */
export interface NearMiss {
  readonly entry: EntryView;
  readonly differences: readonly Difference[];
}

/** The result of checking an expectation against a journal. */
export interface Verdict {
  readonly passed: boolean;
  /** Number of matching entries; with `order`, number of steps found. */
  readonly actual: number;
  readonly expected: { readonly atLeast: number; readonly atMost: number | null };
  readonly nearMisses: readonly NearMiss[];
  /** Number of entries that the journal has dropped. They were not compared. */
  readonly dropped: number;
}

/** Maximum number of entries shown for a failed expectation. */
const nearMissLimit = 3;

/**
 * Checks an expectation against the entries of a journal, oldest first. If count and order are given, both must hold.
 */
export function verify(
  expectation: Expectation,
  entries: readonly EntryView[],
  { dropped }: { readonly dropped: number },
): Verdict {
  return { ...judge(expectation, entries), dropped };
}

type Judgement = Omit<Verdict, 'dropped'>;

function judge({ match, count, order }: Expectation, entries: readonly EntryView[]): Judgement {
  // the check of expectations requires match or order
  if (match === undefined) return verifyOrder(order as readonly Match[], entries);
  const counted = verifyCount(match, count, entries);
  const inOrder = order && verifyOrder(order, entries);
  return counted.passed && inOrder?.passed === false ? inOrder : counted;
}

function verifyCount(match: Match, count: Expectation['count'], entries: readonly EntryView[]): Judgement {
  const actual = entries.filter((entry) => matchesEntry(match, entry)).length;
  const { atLeast, atMost } = countBounds(count);
  const passed = actual >= atLeast && actual <= atMost;
  return {
    passed,
    actual,
    expected: { atLeast, atMost: Number.isFinite(atMost) ? atMost : null },
    nearMisses: passed ? [] : nearMisses(match, entries, actual > atMost),
  };
}

/**
 * Entries that explain a failure. If too many entries match: the matching entries. If too few match: the other entries,
 * those with the fewest differences first, then the newest.
 */
function nearMisses(match: Match, entries: readonly EntryView[], tooMany: boolean): NearMiss[] {
  return entries
    .map((entry) => ({ entry, differences: differences(match, entry) }))
    .filter(({ differences: found }) => (found.length === 0) === tooMany)
    .sort((a, b) => a.differences.length - b.differences.length || b.entry.id - a.entry.id)
    .slice(0, nearMissLimit);
}

/** Finds one entry for each step. Each entry must come after the entry of the previous step. */
function verifyOrder(order: readonly Match[], entries: readonly EntryView[]): Judgement {
  let step = 0;
  let after = 0;
  for (const [i, entry] of entries.entries()) {
    const wanted = order[step];
    if (wanted === undefined) break;
    if (matchesEntry(wanted, entry)) [step, after] = [step + 1, i + 1];
  }
  const missing = order[step];
  const expected = { atLeast: order.length, atMost: order.length };
  return {
    passed: missing === undefined,
    actual: step,
    expected,
    nearMisses: missing === undefined ? [] : nearMisses(missing, entries.slice(after), false),
  };
}
