import type { Mistake } from '../../input/mistake.js';
import type { PlacedMistake } from './fixture.js';

/** An invalid scenario, with all its mistakes. */
export class BadScenario extends Error {
  readonly mistakes: readonly (Mistake | PlacedMistake)[];

  constructor(mistakes: readonly (Mistake | PlacedMistake)[]) {
    super(mistakes.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
    this.mistakes = mistakes;
  }
}
