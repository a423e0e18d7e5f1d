import { viewEntry } from '../world/journal/entry-view.js';
import { redactMatch } from '../world/journal/redact-match.js';
import { requestLine } from './request-line.js';
import { verify } from '../world/journal/verify.js';
import type { Difference } from '../world/journal/match.js';
import type { Expectation } from '../world/journal/expectation.js';
import type { Verdict } from '../world/journal/verify.js';
import type { RequestLine } from './request-line.js';
import type { World } from '../world/world.js';

/** An expectation with its result. */
export interface CheckedExpectation {
  /** Its origin: the scenario, or a call of `verify`. */
  readonly source: 'scenario' | 'verify';
  readonly expectation: Expectation;
  readonly passed: boolean;
  /** Number of matching entries; with `order`, number of steps found. */
  readonly actual: number;
  readonly expected: Verdict['expected'];
  /** The most similar entries, by their ids. */
  readonly nearMisses: readonly {
    readonly entry: number;
    readonly request: RequestLine;
    readonly differences: readonly Difference[];
  }[];
}

/**
 * Checks the expectations of the scenario, and adds the verdicts of expectations that were verified over the admin API.
 */
export function checkExpectations(world: World): CheckedExpectation[] {
  const expected = (world.scenario.expect ?? []).map((expectation) => hidden(expectation, world));
  // Views are made only if there is an expectation to check.
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
    nearMisses: nearMisses.map(({ entry, differences }) => ({
      entry: entry.id,
      request: requestLine(entry),
      differences,
    })),
  };
}
