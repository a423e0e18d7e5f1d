import { countBounds } from './expectation.js';
import { viewEntry } from './entry-view.js';
import { differences } from './match.js';
import { matchesFacts } from './match-facts.js';
import { redactMatch } from './redact-match.js';
import type { Steps } from '../slices.js';
import type { EntryView, Shown } from './entry-view.js';
import type { Expectation } from './expectation.js';
import type { Provider } from '../../providers/provider.js';
import type { Journal } from './journal.js';
import type { JournalEntry } from './entry.js';
import type { Difference, Match } from './match.js';
import type { SecretsPolicy } from './redaction.js';

/** An entry that does not match, and how it differs. */
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
  /** The newest entries that match, oldest first. With `order`, those of the steps found. */
  readonly matched: readonly EntryView[];
  /** If too few match: the others with the fewest differences. */
  readonly nearMisses: readonly NearMiss[];
  /** Number of entries that the journal has dropped. They were not compared. */
  readonly dropped: number;
}

/** A world, as far as its journal is compared with expectations. */
export interface Compared extends Shown {
  readonly journal: Journal;
  readonly providers: readonly Provider[];
}

/** Maximum number of entries in a verdict, of each kind. */
const shownLimit = 3;
/** Maximum number of entries, the newest, that are compared to find near misses. */
const mostCompared = 1000;

/**
 * Checks an expectation against the entries of a journal, oldest first. If count and order are given, both must hold.
 * The secrets of the expectation must be redacted: see `redactExpectation`.
 */
export function* verify(expectation: Expectation, world: Compared): Steps<Verdict> {
  const judgement = yield* judge(expectation, world);
  return { ...judgement, dropped: world.journal.dropped };
}

/**
 * Replaces the secrets of an expectation as the journal does, so that the two can be compared. An expectation may give
 * a secret or its fingerprint.
 */
export function redactExpectation({ match, order, count }: Expectation, world: SecretsPolicy): Expectation {
  return {
    ...(match === undefined ? {} : { match: redactMatch(match, world) }),
    ...(count === undefined ? {} : { count }),
    ...(order === undefined ? {} : { order: order.map((step) => redactMatch(step, world)) }),
  };
}

type Judgement = Omit<Verdict, 'dropped'>;

function* judge({ match, count, order }: Expectation, world: Compared): Steps<Judgement> {
  // the check of expectations requires match or order
  if (match === undefined) return yield* verifyOrder(order as readonly Match[], world);
  const counted = yield* verifyCount(match, count, world);
  if (!counted.passed || order === undefined) return counted;
  const inOrder = yield* verifyOrder(order, world);
  return inOrder.passed ? counted : inOrder;
}

function* verifyCount(match: Match, count: Expectation['count'], world: Compared): Steps<Judgement> {
  const entries = world.journal.entries();
  const found: JournalEntry[] = [];
  for (const entry of entries) {
    if (matchesEntry(match, entry, world)) found.push(entry);
    yield;
  }
  const actual = found.length;
  const { atLeast, atMost } = countBounds(count);
  const passed = actual >= atLeast && actual <= atMost;
  return {
    passed,
    actual,
    expected: { atLeast, atMost: Number.isFinite(atMost) ? atMost : null },
    matched: newestOf(found, world),
    nearMisses: actual < atLeast ? yield* nearMisses(match, entries, world) : [],
  };
}

const newestOf = (found: readonly JournalEntry[], world: Compared): EntryView[] =>
  found.slice(-shownLimit).map((entry) => viewEntry(entry, world));

/** Whether an entry meets all members of a match. Most entries already differ in their facts, and are not redacted. */
export function matchesEntry(match: Match, entry: JournalEntry, world: Compared): boolean {
  const { query, form, headers, ...facts } = match;
  if (!matchesFacts(facts, entry, world)) return false;
  const isFactsAlone = query === undefined && form === undefined && headers === undefined;
  return isFactsAlone || differences(match, viewEntry(entry, world), world.providers).length === 0;
}

/** Entries that do not match: those with the fewest differences first, then the newest. */
export function* nearMisses(match: Match, entries: readonly JournalEntry[], world: Compared): Steps<NearMiss[]> {
  const nearest: NearMiss[] = [];
  for (const entry of entries.slice(-mostCompared).toReversed()) {
    yield;
    const view = viewEntry(entry, world);
    const found = differences(match, view, world.providers);
    if (found.length === 0) continue;
    // entries come newest first, and the sort keeps the order of equals
    nearest.push({ entry: view, differences: found });
    nearest.sort((a, b) => a.differences.length - b.differences.length);
    nearest.length = Math.min(nearest.length, shownLimit);
  }
  return nearest;
}

/** Finds one entry for each step. Each entry must come after the entry of the previous step. */
function* verifyOrder(order: readonly Match[], world: Compared): Steps<Judgement> {
  const entries = world.journal.entries();
  const found: JournalEntry[] = [];
  let after = 0;
  for (const [i, entry] of entries.entries()) {
    const wanted = order[found.length];
    if (wanted === undefined) break;
    if (matchesEntry(wanted, entry, world)) {
      found.push(entry);
      after = i + 1;
    }
    yield;
  }
  const missing = order[found.length];
  const expected = { atLeast: order.length, atMost: order.length };
  return {
    passed: missing === undefined,
    actual: found.length,
    expected,
    matched: newestOf(found, world),
    nearMisses: missing === undefined ? [] : yield* nearMisses(missing, entries.slice(after), world),
  };
}
