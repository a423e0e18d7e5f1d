import { instantInUtc } from '../../../format.js';

/** A value as text: text as it is, nothing as `none`, anything else as JSON. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? 'none' : JSON.stringify(value);

/** A value as a list of texts. */
export const list = (value: unknown): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value.map(textOf) : [textOf(value)];

/** Virtual time with milliseconds, in UTC: `2026-11-21 12:00:05.123`. A value that is no time is shown as it is. */
export const instant = (at: unknown): string => instantInUtc(typeof at === 'number' ? at : textOf(at));

/** Names of facts that are points in time. */
const isTime = (name: string): boolean => name === 'at' || name === 'now' || name.endsWith('At');

/** `refreshToken` as `refresh token`. */
const inWords = (name: string): string => name.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

function shown(name: string, value: unknown): string {
  if (isTime(name)) return instant(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return list(value).join(', ') || 'none';
}

/** The facts of a reason as pairs of a label and a text. */
export const factsOf = (facts: unknown): [label: string, text: string][] =>
  typeof facts === 'object' && facts !== null
    ? Object.entries(facts).map(([name, value]) => [inWords(name), shown(name, value)])
    : [];
