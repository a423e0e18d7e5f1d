import type { TellMistake } from './body.js';

/**
 * Whether these parts of a document are as it says, by their paths: `scopes`, `endpoints.token`. Not sure: they, or
 * something inside, have mistakes and are left out, so what contradicts what is left is perhaps no mistake.
 */
export type IsSure = (...paths: readonly string[]) => boolean;

/** Tells mistakes, of which those that depend on several members only if all of these are sure. */
export interface Telling {
  readonly tell: TellMistake;
  readonly isSure: IsSure;
}
