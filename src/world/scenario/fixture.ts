import type { PlacedMistake } from '../../input/document/files.js';
import type { Mistake } from '../../input/mistake.js';
import type { Scenario } from './schema/scenario.js';

/**
 * A scenario file that is valid by itself. `place` finds the position of a mistake that is found later, when the
 * scenario is merged with those that it extends.
 */
export interface GoodFixture {
  readonly scenario: Scenario;
  readonly mistakes: readonly [];
  readonly place: (mistake: Mistake) => PlacedMistake;
}

/** A scenario file that cannot be used, with all mistakes. */
export interface BadFixture {
  readonly scenario: undefined;
  readonly mistakes: readonly PlacedMistake[];
}

/** The result of reading a scenario file. */
export type Fixture = GoodFixture | BadFixture;
