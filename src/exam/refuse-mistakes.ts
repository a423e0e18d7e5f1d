import { inspect } from 'node:util';
import { UsageError } from '../config/option.js';
import { suggest } from '../input/did-you-mean.js';
import { isWait, parseDuration } from '../input/duration.js';
import { applicationUrl } from './client-of-urls.js';
import type { World } from '../client/index.js';
import type { ClientCredentials } from './client-under-exam.js';
import type { ExamOptions } from './exam-options.js';

/** What an option may be. */
interface Kind {
  /** Completes "expected …". */
  readonly expected: string;
  readonly isGood: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const aText: Kind = { expected: 'a text', isGood: isText };
const aFunction: Kind = { expected: 'a function', isGood: (value) => typeof value === 'function' };
const names: Kind = { expected: 'a list of names', isGood: (value) => Array.isArray(value) && value.every(isText) };

/** A URL or a function. */
const means: Kind = {
  expected: 'a URL of the application, or a function',
  isGood: (value) => isText(value) || typeof value === 'function',
};

const wholeNumber = (expected: string, minimum: number, maximum: number): Kind => ({
  expected,
  isGood: (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
});

/** What a timeout is expected to be. Completes "expected …". */
export const timeoutForm = 'a duration from 1ms to 10m, such as 10s';

/** Whether an answer of the application can be awaited for so long. */
export const isTimeout = (text: string): boolean => isWait(text) && Number(parseDuration(text)) > 0;

/** The options: a program in JavaScript can misspell one, or give another value. */
const kinds: Readonly<Record<keyof ExamOptions, Kind>> = {
  provider: { expected: 'the name of a provider', isGood: isText },
  connect: means,
  call: means,
  disconnect: means,
  world: { expected: 'a World, such as server.world() of an Understudy', isGood: isWorld },
  knownAs: {
    expected: 'a list of base URLs',
    isGood: (value) => Array.isArray(value) && value.every((each) => isText(each) && URL.canParse(String(each))),
  },
  port: wholeNumber('a whole number up to 65535', 0, 65_535),
  client: { expected: 'an object with id, secret and redirectUri', isGood: isObject },
  scenario: { expected: 'the name of a scenario, or a scenario', isGood: (value) => isText(value) || isObject(value) },
  seed: aText,
  repeat: wholeNumber('a whole number from 1 to 20', 1, 20),
  timeout: { expected: timeoutForm, isGood: (value) => isText(value) && isTimeout(String(value)) },
  succeeds: aFunction,
  login: aFunction,
  signal: { expected: 'an AbortSignal', isGood: isSignal },
  onProgress: aFunction,
  only: names,
  skip: names,
  group: names,
};

const clientKinds: Readonly<Record<keyof ClientCredentials, Kind>> = { id: aText, secret: aText, redirectUri: aText };

/**
 * Refuses options that cannot be meant, before anything is started.
 *
 * @throws UsageError
 */
export function refuseMistakes(options: ExamOptions): void {
  if (!isObject(options)) {
    throw new UsageError(`exam: expected an object with provider, connect and call, got ${shown(options)}`);
  }
  refuseWrong('exam() has no option', '', { ...nothing, ...options }, kinds);
  refuseWrong('client has no member', 'client.', { ...options.client }, clientKinds);
  const given = [options.connect, options.call, options.disconnect].filter((each) => each !== undefined);
  for (const url of given) if (typeof url === 'string') applicationUrl(url);
  if (new Set(given.map((each) => typeof each)).size > 1) {
    throw new UsageError('connect, call and disconnect are either URLs or functions, not both');
  }
}

const needed = ['provider', 'connect', 'call'];
const nothing: Readonly<Record<string, unknown>> = Object.fromEntries(needed.map((name) => [name, undefined]));

/** Undefined is as good as absent, but for the options that are needed. */
function refuseWrong(
  unknown: string,
  prefix: string,
  given: Readonly<Record<string, unknown>>,
  table: Readonly<Record<string, Kind>>,
): void {
  const known = Object.keys(table);
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(table, name) ? table[name] : undefined;
    if (kind === undefined) throw new UsageError(`${unknown} ${JSON.stringify(name)}${suggest(name, known)}`);
    const isAbsent = value === undefined && !needed.includes(prefix + name);
    if (!isAbsent && !kind.isGood(value)) {
      throw new UsageError(`${prefix}${name}: expected ${kind.expected}, got ${shown(value)}`);
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of several copies of this library, each has a class World of its own. */
function isWorld(value: unknown): boolean {
  return isObject(value) && typeof (value as Partial<World>).snapshot === 'object';
}

/** Test environments such as jsdom have a class AbortSignal of their own. */
function isSignal(value: unknown): boolean {
  return isObject(value) && typeof (value as Partial<AbortSignal>).aborted === 'boolean';
}

/** A value in the words of a message. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  return isObject(value) ? 'an object' : inspect(value);
}
