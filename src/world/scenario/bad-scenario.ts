import type { Mistake } from '../../input/mistake.js';
import type { PlacedMistake } from './parse-file.js';

/** A scenario that cannot be played, with every mistake in it. */
export class BadScenario extends Error {
  readonly mistakes: readonly (Mistake | PlacedMistake)[];

  constructor(mistakes: readonly (Mistake | PlacedMistake)[]) {
    super(mistakes.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
    this.mistakes = mistakes;
  }
}
