import type { Option, Row } from './option.js';

/** Parses the last text: if an option with one value is repeated, the last value applies. */
const last =
  <T>(parse: (text: string) => T | undefined) =>
  (texts: readonly string[]): T | undefined =>
    parse(String(texts.at(-1)));

/** An option with any text. */
export function text<const F extends string | undefined = undefined>(row: Row, fallback?: F): Option<string | F> {
  return { ...row, fallback: fallback as F, expected: 'text', parse: last((given) => given) };
}

/** An option with a text of a certain form. `expected` says which, in words that follow "expected". */
export function textThat<const F extends string | undefined>(
  row: Row,
  fallback: F,
  expected: string,
  isGood: (given: string) => boolean,
): Option<string | F> {
  return { ...row, fallback, expected, parse: last((given) => (isGood(given) ? given : undefined)) };
}

/** An option with any text that can be given several times. */
export function texts(row: Row): Option<readonly string[]> {
  return { ...row, fallback: [], expected: 'text', parse: (given) => given };
}

/** An option with names that can be given several times, or separated by commas or spaces. */
export function names(row: Row): Option<readonly string[]> {
  return {
    ...row,
    fallback: [],
    expected: 'names, separated by commas',
    parse: (given) => given.flatMap((each) => each.split(/[\s,]+/)).filter((name) => name !== ''),
  };
}

/** An option with a whole number within bounds, both inclusive. */
export function integer(row: Row, fallback: number, minimum: number, maximum: number): Option<number> {
  return {
    ...row,
    fallback,
    expected: `a whole number from ${String(minimum)} to ${String(maximum)}`,
    parse: last((given) => {
      const number = Number(given);
      return /^\d+$/.test(given) && number >= minimum && number <= maximum ? number : undefined;
    }),
  };
}

/** An option with one of several words. */
export function oneOf<const T extends string, const F extends T | undefined>(
  row: Row,
  fallback: F,
  allowed: readonly T[],
): Option<T | F> {
  return {
    ...row,
    fallback,
    allowed,
    expected: `one of ${allowed.join(', ')}`,
    parse: last((given) => allowed.find((each) => each === given)),
  };
}

/** An option without a value: it is set by being named, on the command line only. */
export function flag(row: Omit<Row, 'value' | 'env'>): Option<boolean> {
  return { ...row, env: [], value: '', fallback: false, expected: 'no value', parse: () => true };
}

/** An option that is on or off. On the command line it is switched on by being named. */
export function onOff(row: Omit<Row, 'value'>): Option<boolean> {
  const meanings = new Map([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ]);
  return {
    ...row,
    value: '',
    fallback: false,
    expected: 'true, false, 1 or 0',
    parse: last((given) => meanings.get(given)),
  };
}

/** An option with the URL of a server. Trailing slashes are removed. */
export function serverUrl<const F extends string | undefined = undefined>(row: Row, fallback?: F): Option<string | F> {
  return {
    ...row,
    fallback: fallback as F,
    expected: 'a URL such as http://understudy:8080',
    mistake: mistakeInUrl,
    parse: last((given) => (isServerUrl(given) ? given.replace(/\/+$/, '') : undefined)),
  };
}

function isServerUrl(given: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && mistakeInUrl(given) === undefined;
}

/** Parts of a URL that answers and cookies cannot be built from, each with what a message says of it. */
const unusable: readonly (readonly [RegExp, string])[] = [
  [/\s/, 'has white space'],
  [/[?#]/, 'has a query or a fragment'],
  [/^[a-z]+:\/\/[^/]*@/i, 'has a user or a password'],
  [/\\/, 'has a backslash'],
  [/^[a-z]+:\/\/.*\/\/+[^/]/i, 'has two slashes in a row in its path'],
  [/\/(?:\.|%2e){1,2}(?:\/|$)/i, 'has a dot segment in its path'],
];

const mistakeInUrl = (given: string): string | undefined =>
  !URL.canParse(given) ? undefined : unusable.find(([part]) => part.test(given))?.[1];
