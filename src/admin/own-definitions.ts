import { BadDefinitions, inDocument } from '../world/definitions.js';
import { invalid } from './admin-error.js';
import type { Mistake } from '../input/mistake.js';

/**
 * Mistakes that a call causes in documents of the world that it does not contain.
 *
 * @param bad the mistakes of the documents, by the names of their providers
 */
export const brokenOwn = (bad: Iterable<readonly [string, readonly Mistake[]]>): Mistake[] =>
  [...bad].flatMap(([name, mistakes]) =>
    mistakes.map((mistake) => ({ path: '', message: `then ${inDocument(name, mistake)}` })),
  );

/**
 * Refuses a scenario for which the world's own providers cannot be made.
 *
 * @throws AdminError, or the error itself if it is another one
 */
export function refuseBad(error: unknown): never {
  throw error instanceof BadDefinitions ? invalid(brokenOwn(error.bad)) : error;
}
