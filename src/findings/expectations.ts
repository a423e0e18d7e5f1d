import { requestLine } from './request-line.js';
import { redactExpectation, verify } from '../world/journal/verify.js';
import type { Steps } from '../world/slices.js';
import type { Difference } from '../world/journal/match.js';
import type { Expectation } from '../world/journal/expectation.js';
import type { Verdict } from '../world/journal/verify.js';
import type { RequestLine } from './request-line.js';
import type { EntryHead, KeptVerdict } from '../world/journal/verified-expectations.js';
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
  /** The newest entries that match, oldest first. With `order`, those of the steps found. */
  readonly matched: readonly NamedEntry[];
  /** If too few match: the most similar others. */
  readonly nearMisses: readonly (NamedEntry & { readonly differences: readonly Difference[] })[];
}

interface NamedEntry {
  /** Its id. */
  readonly entry: number;
  readonly request: RequestLine;
}

/**
 * Checks the expectations of the scenario, and adds the verdicts of expectations that were verified over the admin API.
 */
export function* checkExpectations(world: World): Steps<CheckedExpectation[]> {
  const checked: CheckedExpectation[] = [];
  for (const given of world.scenario.expect ?? []) {
    const expectation = redactExpectation(given, world);
    checked.push(toChecked('scenario', expectation, yield* verify(expectation, world)));
  }
  return [
    ...checked,
    ...world.verified.list().map(({ expectation, verdict }) => toChecked('verify', expectation, verdict)),
  ];
}

function toChecked(
  source: CheckedExpectation['source'],
  expectation: Expectation,
  { passed, actual, expected, matched, nearMisses }: KeptVerdict,
): CheckedExpectation {
  return {
    source,
    expectation,
    passed,
    actual,
    expected,
    matched: matched.map(namedEntry),
    nearMisses: nearMisses.map(({ entry, differences }) => ({ ...namedEntry(entry), differences })),
  };
}

const namedEntry = (entry: EntryHead): NamedEntry => ({ entry: entry.id, request: requestLine(entry) });
