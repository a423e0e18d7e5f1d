import { firstMistakes } from '../../input/mistake.js';
import type { Mistake } from '../../input/mistake.js';
import type { PlacedMistake } from '../../input/document/files.js';

/** An invalid scenario, with all its mistakes, or with the first hundred. */
export class BadScenario extends Error {
  readonly mistakes: readonly (Mistake | PlacedMistake)[];

  constructor(found: readonly (Mistake | PlacedMistake)[]) {
    const mistakes = firstMistakes(found);
    super(mistakes.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
    this.mistakes = mistakes;
  }
}
