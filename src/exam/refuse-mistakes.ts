import { UsageError } from '../config/option.js';
import { suggest } from '../input/did-you-mean.js';
import { isWait, parseDuration } from '../input/duration.js';
import { applicationUrl } from './client-of-urls.js';
import { defaultTimeout } from './default-timeout.js';
import type { World } from '../client/index.js';
import type { ExamOptions } from './exam-options.js';

/** The options by name: a program in JavaScript can misspell one. */
const names: Readonly<Record<keyof ExamOptions, true>> = {
  provider: true,
  connect: true,
  call: true,
  disconnect: true,
  world: true,
  knownAs: true,
  port: true,
  client: true,
  scenario: true,
  seed: true,
  repeat: true,
  timeout: true,
  succeeds: true,
  login: true,
  signal: true,
  onProgress: true,
  only: true,
  skip: true,
  group: true,
};

/**
 * Refuses options that cannot be meant, before anything is started.
 *
 * @throws UsageError
 */
export function refuseMistakes(options: ExamOptions): void {
  const { timeout = defaultTimeout, repeat = 1, port = 0, seed = '' } = options;
  if (!isTimeout(timeout)) throw invalid('timeout', timeoutForm, timeout);
  if (!Number.isInteger(repeat) || repeat < 1 || repeat > 20) {
    throw invalid('repeat', 'a whole number from 1 to 20', repeat);
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalid('port', 'a whole number up to 65535', port);
  if (typeof seed !== 'string') throw invalid('seed', 'a text', seed);
  const unknown = Object.keys(options).find((name) => !(name in names));
  if (unknown !== undefined) {
    throw new UsageError(`exam() has no option ${JSON.stringify(unknown)}${suggest(unknown, Object.keys(names))}`);
  }
  if (typeof options.provider !== 'string') throw invalid('provider', 'the name of a provider', options.provider);
  if (options.world !== undefined && !isWorld(options.world)) {
    throw new UsageError('world: expected a World, such as server.world() of an Understudy');
  }
  for (const name of ['only', 'skip', 'group'] as const) {
    const given: unknown = options[name];
    if (given !== undefined && !Array.isArray(given)) throw invalid(name, 'a list of names', given);
  }
  for (const name of ['connect', 'call', 'disconnect'] as const) {
    const isLeftOut = name === 'disconnect' && options[name] === undefined;
    if (!isLeftOut && !['string', 'function'].includes(typeof options[name])) {
      throw invalid(name, 'a URL of the application, or a function', options[name]);
    }
  }
  const means = [options.connect, options.call, options.disconnect].filter((each) => each !== undefined);
  for (const url of means) if (typeof url === 'string') applicationUrl(url);
  if (new Set(means.map((each) => typeof each)).size > 1) {
    throw new UsageError('connect, call and disconnect are either URLs or functions, not both');
  }
}

/** Of several copies of this library, each has a class World of its own. */
const isWorld = (world: Partial<World>): boolean => typeof world.snapshot === 'object';

/** What is expected of a timeout. Completes "expected …". */
export const timeoutForm = 'a duration from 1ms to 10m, such as 10s';

/** Whether an answer of the application can be awaited for so long. */
export const isTimeout = (text: string): boolean => isWait(text) && Number(parseDuration(text)) > 0;

function invalid(name: string, expected: string, given: unknown): UsageError {
  // JSON has no functions and no symbols
  const written = (JSON.stringify(given) as string | undefined) ?? `a ${typeof given}`;
  return new UsageError(`${name}: expected ${expected}, got ${given === undefined ? 'nothing' : written}`);
}
