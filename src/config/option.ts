import { didYouMean } from '../input/did-you-mean.js';

/** An error in how the program was called or configured. Its message is for the user; the exit code is 2. */
export class UsageError extends Error {}

/** How errors name an option, by its member of `Config`. */
export type NameOption = (member: string) => string;

/** The name of an option on the command line. */
export const flagOf: NameOption = (member) =>
  `--${member.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting: its names on the command line and in the environment, its default, and how its text is read. */
export interface Option<T> {
  /** Name on the command line without dashes. Absent: only the environment sets the option. */
  readonly flag?: string;
  /** Names of environment variables. The first one that is set and not empty applies. */
  readonly env: readonly string[];
  /** Placeholder of the value in help texts: `--port N`. Empty: the option has no value on the command line. */
  readonly value: string;
  /** One sentence without a full stop: what the option does. Help texts and reference pages append the default. */
  readonly help: string;
  readonly fallback: T;
  /** What a valid value is, in words that follow "expected". */
  readonly expected: string;
  /** All valid values, if the option accepts one of a list. */
  readonly allowed?: readonly string[];
  /** What is wrong with a text that is not valid, in words that follow "which". Undefined: `expected` says enough. */
  readonly mistake?: (text: string) => string | undefined;
  /** Reads every text given for the option, at least one. Returns undefined if it is invalid. */
  readonly parse: (texts: readonly string[]) => T | undefined;
}

/** Options by member name. The flag of a member is its name in kebab case. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values of a table of options. */
export type Values<T extends OptionTable> = { readonly [K in keyof T]: T[K] extends Option<infer V> ? V : never };

/** Texts from the command line by member name; an option can be given several times. */
export type GivenTexts = Readonly<Record<string, readonly string[] | undefined>>;

/** The members that every kind of option has. */
export type Row = Pick<Option<unknown>, 'flag' | 'env' | 'value' | 'help'>;

/** Texts with their origin: the name that an error message shows. */
interface Source {
  readonly name: string;
  readonly texts: readonly string[];
}

/**
 * Reads options from the command line, then from the environment, then takes the default.
 *
 * @throws UsageError that names the option, the value and what was expected
 */
export function readOptions<T extends OptionTable>(table: T, given: GivenTexts, env: Environment): Values<T> {
  const values = Object.entries(table).map(([member, option]) => {
    const source = fromCommandLine(option, given[member]) ?? fromEnvironment(option, env);
    return [member, source === undefined ? option.fallback : readValue(option, source)] as const;
  });
  return Object.freeze(Object.fromEntries(values)) as Values<T>;
}

function fromCommandLine({ flag }: Option<unknown>, texts: readonly string[] | undefined): Source | undefined {
  return texts === undefined ? undefined : { name: `--${String(flag)}`, texts };
}

function fromEnvironment(option: Option<unknown>, env: Environment): Source | undefined {
  const name = option.env.find((each) => env[each] !== undefined && env[each] !== '');
  return name === undefined ? undefined : { name, texts: [String(env[name])] };
}

/**
 * Reads one value. `name` is the option's name in the error message.
 *
 * @throws UsageError that names the option, the value and what was expected
 */
export function readValue<T>(option: Option<T>, { name, texts }: Source): T {
  const value = option.parse(texts);
  if (value !== undefined) return value;
  const text = String(texts.at(-1));
  const hint = didYouMean(text, option.allowed ?? []);
  const mistake = option.mistake?.(text);
  const which = mistake === undefined ? '' : `, which ${mistake}`;
  throw new UsageError(`${name} is ${JSON.stringify(text)}${which}; expected ${option.expected}${hint}`);
}
