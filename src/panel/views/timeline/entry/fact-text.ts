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
  if (value === null) return isTime(name) ? 'never' : 'none';
  if (isTime(name)) return instant(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return list(value).join(', ') || 'none';
}

/** A fact of a reason. */
export interface Fact {
  readonly label: string;
  readonly text: string;
  /** Whether the text is the id of an entry of the journal. */
  readonly isEntry: boolean;
}

/** The facts of a reason in words. */
export const factsOf = (facts: unknown): Fact[] =>
  typeof facts === 'object' && facts !== null
    ? Object.entries(facts).map(([name, value]) => ({
        label: inWords(name),
        text: shown(name, value),
        isEntry: name.endsWith('Entry') && typeof value === 'number',
      }))
    : [];
