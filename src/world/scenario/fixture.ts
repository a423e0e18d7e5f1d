import type { Mistake } from '../../input/mistake.js';
import type { Scenario } from './schema/scenario.js';

/** A mistake with its position in a file. Lines and columns count from 1. */
export interface PlacedMistake extends Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A scenario file without mistakes of its own. `place` finds the position of a mistake that only shows together with
 * other files.
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

/** Writes a mistake as compilers do: `file:line:column: path: message`. */
export function formatMistake({ file, line, column, path, message }: PlacedMistake): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
}
