import { nearest } from '../input/did-you-mean.js';
import { isObject, wrongMember, wrongOptions, wrongValue } from '../input/wrong-argument.js';

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
  return new ArgumentError(`${call}: ${wrongValue(argument, value, expected)}`);
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
  refuse(call, wrongOptions(options, Object.keys(members), argument));
  for (const [name, kind] of Object.entries<Kind>(members)) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) checkKind(call, argument === 'options' ? name : `${argument}.${name}`, value, kind);
  }
}

/**
 * Checks the options of a call about a provider. Their other members are checked by the server.
 *
 * @param texts members that the path of the call needs
 * @throws ArgumentError if they are no object, or if a text is missing
 */
export function checkTexts(call: string, options: unknown, texts: readonly string[]): void {
  checkObject(call, 'options', options, `an object such as { ${texts.map((name) => `${name}: '…'`).join(', ')} }`);
  for (const name of texts) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) refuseMisspelt(call, name, Object.keys(options));
    checkKind(call, name, value, 'a text');
  }
}

/** A member that is missing was perhaps given by a name that is near. `id` is near too many. */
function refuseMisspelt(call: string, missing: string, names: readonly string[]): void {
  const misspelt = missing.length > 2 ? nearest(missing, names) : undefined;
  if (misspelt === undefined) return;
  const hint = `did you mean ${JSON.stringify(missing)}?`;
  throw new ArgumentError(`${call}: there is no member ${JSON.stringify(misspelt)}; ${hint}`);
}

/** Checks such options of a call that sends nothing but its path: the server does not see their other members. */
export function checkOnlyTexts(call: string, options: unknown, texts: readonly string[]): void {
  checkTexts(call, options, texts);
  refuse(call, wrongMember(options as object, texts, 'options'));
}

/** Checks an object whose members are checked elsewhere. */
export function checkObject(
  call: string,
  argument: string,
  value: unknown,
  expected = 'an object',
): asserts value is object {
  if (!isObject(value)) throw wrongArgument(call, argument, value, expected);
}

/** Checks an argument that is a text, a number or a list. */
export function checkKind(call: string, argument: string, value: unknown, kind: Kind): void {
  if (!kinds[kind](value)) throw wrongArgument(call, argument, value, kind);
}

function refuse(call: string, mistake: string | undefined): void {
  if (mistake !== undefined) throw new ArgumentError(`${call}: ${mistake}`);
}
