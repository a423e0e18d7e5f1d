import { inspect } from 'node:util';
import { suggest } from '../input/did-you-mean.js';

/** A call of the library with a wrong argument. Nothing was sent. */
export class ArgumentError extends TypeError {
  override readonly name = 'ArgumentError';
}

/** What a member may be. */
type Kind = 'a text' | 'a list of texts' | 'true or false' | 'a number' | 'an AbortSignal' | 'anything';

const isText = (value: unknown): boolean => typeof value === 'string';

/** Not by its class: programs with jsdom have another one. */
const isSignal = (value: unknown): boolean => {
  const { aborted, addEventListener } = Object(value) as Partial<AbortSignal>;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
};

const kinds: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  'a text': isText,
  'a list of texts': (value) => Array.isArray(value) && value.every(isText),
  'true or false': (value) => typeof value === 'boolean',
  'a number': (value) => typeof value === 'number',
  'an AbortSignal': isSignal,
  anything: () => true,
};

/** Every member of options, and what it may be: the compiler refuses a table without one of them. */
export type MembersOf<Options> = Readonly<Record<keyof Options, Kind>>;

/** The error for an argument of a call, such as `tokens.mint`. */
export function wrongArgument(call: string, argument: string, value: unknown, expected: string): ArgumentError {
  return new ArgumentError(`${call}: ${argument} is ${shown(value)}; expected ${expected}`);
}

/**
 * Checks options, of which each may be omitted.
 *
 * @throws ArgumentError if they are no object, have a member that is not in the table, or one of another kind
 */
export function checkOptions<Options>(
  call: string,
  options: unknown,
  members: MembersOf<Options>,
  argument = 'options',
): void {
  const names = Object.keys(members);
  checkObject(call, argument, options, `an object with ${names.join(', ')}`);
  refuseUnknown(call, argument, options, names);
  for (const [name, kind] of Object.entries<Kind>(members)) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) checkKind(call, argument === 'options' ? name : `${argument}.${name}`, value, kind);
  }
}

/**
 * Checks the object of a call about a provider. Its other members are checked by the server.
 *
 * @param texts members that the path of the call needs
 * @throws ArgumentError if it is no object, or if a text is missing
 */
export function checkOrder(call: string, order: unknown, texts: readonly string[]): void {
  checkObject(call, 'the argument', order, `an object such as { ${texts.map((name) => `${name}: '…'`).join(', ')} }`);
  for (const name of texts) checkKind(call, name, (order as Readonly<Record<string, unknown>>)[name], 'a text');
}

/** Checks the same object, if it has no other members. */
export function checkWholeOrder(call: string, order: unknown, texts: readonly string[]): void {
  checkOrder(call, order, texts);
  refuseUnknown(call, 'the argument', order as object, texts);
}

/** Checks an object whose members are checked elsewhere. */
export function checkObject(
  call: string,
  argument: string,
  value: unknown,
  expected = 'an object',
): asserts value is object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Promise)) return;
  throw wrongArgument(call, argument, value, expected);
}

/** Checks an argument that is a text, a number or a list. */
export function checkKind(call: string, argument: string, value: unknown, kind: Kind): void {
  if (!kinds[kind](value)) throw wrongArgument(call, argument, value, kind);
}

function refuseUnknown(call: string, argument: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const where = argument === 'options' ? '' : ` in ${argument}`;
  throw new ArgumentError(`${call}: there is no member ${JSON.stringify(unknown)}${where}${suggest(unknown, known)}`);
}

/** Longest text that a message quotes, in characters. */
const quoteLimit = 200;

/** A value in the words of a message. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, quoteLimit));
  if (value instanceof Promise) return 'a promise that is not awaited';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : inspect(value);
}
