import { viewEntry } from '../world/journal/entry-view.js';
import { redactMatch } from '../world/journal/redact-match.js';
import { verify } from '../world/journal/verify.js';
import type { Difference } from '../world/journal/match.js';
import type { Expectation } from '../world/journal/expectation.js';
import type { Verdict } from '../world/journal/verify.js';
import type { World } from '../world/world.js';

/** An expectation and what came of it. */
export interface CheckedExpectation {
  /** Where it was written: in the scenario, or sent to be verified. */
  readonly source: 'scenario' | 'verify';
  readonly expectation: Expectation;
  readonly passed: boolean;
  /** How many entries match; with `order`, how many of its steps were found. */
  readonly actual: number;
  readonly expected: Verdict['expected'];
  /** The entries that come nearest, by their ids. */
  readonly nearMisses: readonly { readonly entry: number; readonly differences: readonly Difference[] }[];
}

/** Compares the journal with the scenario's expectations, and adds the verdicts that were asked for over the admin API. */
export function checkExpectations(world: World): CheckedExpectation[] {
  const expected = (world.scenario.expect ?? []).map((expectation) => hidden(expectation, world));
  // entries are written for people only where somebody expects something
  const entries = expected.length === 0 ? [] : world.journal.entries().map((entry) => viewEntry(entry, world));
  return [
    ...expected.map((expectation) => toChecked('scenario', expectation, verify(expectation, entries, world.journal))),
    ...world.verified.list().map(({ expectation, verdict }) => toChecked('verify', expectation, verdict)),
  ];
}

function hidden({ match, order, count }: Expectation, world: World): Expectation {
  return {
    ...(match === undefined ? {} : { match: redactMatch(match, world) }),
    ...(count === undefined ? {} : { count }),
    ...(order === undefined ? {} : { order: order.map((step) => redactMatch(step, world)) }),
  };
}

function toChecked(
  source: CheckedExpectation['source'],
  expectation: Expectation,
  { passed, actual, expected, nearMisses }: Verdict,
): CheckedExpectation {
  return {
    source,
    expectation,
    passed,
    actual,
    expected,
    nearMisses: nearMisses.map(({ entry, differences }) => ({ entry: entry.id, differences })),
  };
}
