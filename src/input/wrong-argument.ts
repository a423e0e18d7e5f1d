import { inspect, types } from 'node:util';
import { suggest } from './did-you-mean.js';

/** What is wrong with the options of a call, for its error. Undefined: nothing, as far as their names tell. */
export function wrongOptions(options: unknown, known: readonly string[], argument = 'options'): string | undefined {
  if (!isObject(options)) return wrongValue(argument, options, `an object with ${known.join(', ')}`);
  return wrongMember(options, known, argument);
}

/** The first member of an object that it cannot have: a misspelt one would be ignored. */
export function wrongMember(value: object, known: readonly string[], argument: string): string | undefined {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return undefined;
  const where = argument === 'options' ? '' : ` in ${argument}`;
  return `there is no member ${JSON.stringify(unknown)}${where}${suggest(unknown, known)}`;
}

/** A value that is not of the expected kind. */
export const wrongValue = (argument: string, value: unknown, expected: string): string =>
  `${argument} is ${shown(value)}; expected ${expected}`;

/** Whether a value has members: lists have none, and a promise is one whose value was not awaited. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !types.isPromise(value);

/** Longest text that a message quotes, in characters. */
const maxQuotedCharacters = 200;

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, maxQuotedCharacters));
  if (types.isPromise(value)) return 'a promise that is not awaited';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : inspect(value);
}
