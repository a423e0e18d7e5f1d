import { wrongOptions } from '../input/wrong-argument.js';
import { ArgumentError } from '../library.js';
import type { World } from '../library.js';

/** The names of all members that options can have. */
export type Members<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Refuses options that JavaScript lets through: a misspelt member would be ignored, and the test would pass.
 *
 * @param call what was called, for the message: `toHaveNoFindings`
 * @throws ArgumentError as a call of the library does
 */
export function refuseUnknownMembers<Options>(call: string, options: Options, known: Members<Options>): void {
  const mistake = wrongOptions(options, Object.keys(known));
  if (mistake !== undefined) throw new ArgumentError(`${call}: ${mistake}`);
}

/**
 * Refuses what is no world.
 *
 * @throws ArgumentError that says what came instead
 */
export function refuseNoWorld(call: string, world: World): void {
  // not by its class: a runner can load modules twice
  const { journal, findings } = Object(world) as Partial<World>;
  if (typeof journal === 'object' && typeof findings === 'function') return;
  throw new ArgumentError(`${call}: expected a world, such as that of newWorld(), got ${described(world)}`);
}

/** A value in an error message: what it is, or the text of a short one. */
export function described(value: unknown): string {
  if (value instanceof Promise) return 'a promise; write await before the call that returns it';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const { name = 'Object' } = Object(value.constructor) as { readonly name?: string };
  return name === 'Object' ? 'a plain object' : `an object of the class ${name}`;
}
