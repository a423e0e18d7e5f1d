import type { TellMistake } from './body.js';

/**
 * Whether these members of a document are as it says. Not sure: they have mistakes and are left out, so what
 * contradicts what is left is perhaps no mistake.
 */
export type IsSure = (...members: readonly string[]) => boolean;

/** Tells mistakes, of which those that depend on several members only if all of these are sure. */
export interface Telling {
  readonly tell: TellMistake;
  readonly isSure: IsSure;
}
