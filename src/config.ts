import { parseArgs } from 'node:util';
import { didYouMean } from './input/did-you-mean.js';

/** Everything that a person can set at start. Frozen: nothing changes it later. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly fixtures: string | undefined;
  readonly scenario: string | undefined;
  readonly adminToken: string | undefined;
  readonly admin: 'open' | 'guarded';
  readonly baseUrl: string | undefined;
  readonly logLevel: string;
  readonly readyFile: string | undefined;
  readonly idleSeconds: number;
  readonly worldLimit: number;
  readonly connectionLimit: number;
  readonly requestSeconds: number;
}

/** A wrong option, in one line for the person who typed it. */
export class UsageError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

interface Option<T> {
  /** The flag's name without dashes; none for what only the environment may say. */
  readonly flag?: string;
  /** Names in the environment; the first one that is set wins. */
  readonly env: readonly string[];
  readonly value: string;
  readonly help: string;
  readonly read: (text: string | undefined, name: string) => T;
}

const text =
  (name?: string): ((given: string | undefined) => string | undefined) =>
  (given) =>
    given ?? name;

const integer =
  (otherwise: number, minimum: number, maximum: number) =>
  (given: string | undefined, name: string): number => {
    if (given === undefined) return otherwise;
    const number = Number(given);
    if (!/^\d+$/.test(given) || number < minimum || number > maximum) {
      throw new UsageError(
        `${name} is ${JSON.stringify(given)}; expected a whole number from ${String(minimum)} to ${String(maximum)}`,
      );
    }
    return number;
  };

const word =
  <const T extends string>(otherwise: T, ...others: T[]) =>
  (given: string | undefined, name: string): T => {
    const allowed = [otherwise, ...others];
    const found = given === undefined ? otherwise : allowed.find((each) => each === given);
    if (found === undefined) {
      throw new UsageError(`${name} is ${JSON.stringify(given)}; expected one of ${allowed.join(', ')}`);
    }
    return found;
  };

/** One table: the command line, the environment, the help text and the reference page come from it. */
export const options = {
  port: {
    flag: 'port',
    env: ['UNDERSTUDY_PORT', 'PORT'],
    value: 'N',
    help: 'the port to listen on; 0 picks a free one (8080)',
    read: integer(8080, 0, 65_535),
  },
  host: {
    flag: 'host',
    env: ['UNDERSTUDY_HOST', 'HOST'],
    value: 'ADDRESS',
    help: 'the address to listen on (127.0.0.1)',
    read: (given: string | undefined) => given ?? '127.0.0.1',
  },
  fixtures: {
    flag: 'fixtures',
    env: ['UNDERSTUDY_FIXTURES'],
    value: 'DIR',
    help: 'a folder of scenario files beside the built-in ones',
    read: text(),
  },
  scenario: {
    flag: 'scenario',
    env: ['UNDERSTUDY_SCENARIO'],
    value: 'NAME',
    help: 'the scenario that the world `default` plays (default)',
    read: text(),
  },
  adminToken: {
    flag: 'admin-token',
    env: ['UNDERSTUDY_ADMIN_TOKEN'],
    value: 'TOKEN',
    help: 'the bearer token that the admin API asks for',
    read: text(),
  },
  admin: {
    env: ['UNDERSTUDY_ADMIN'],
    value: 'open',
    help: 'open: the admin API needs no token, wherever it listens',
    read: word<'guarded' | 'open'>('guarded', 'open'),
  },
  baseUrl: {
    flag: 'base-url',
    env: ['UNDERSTUDY_BASE_URL'],
    value: 'URL',
    help: 'the URL by which clients reach this server, for what it prints and answers',
    read: readUrl,
  },
  logLevel: {
    flag: 'log-level',
    env: ['UNDERSTUDY_LOG_LEVEL'],
    value: 'LEVEL',
    help: 'silent, fatal, error, warn, info, debug or trace (warn)',
    read: word('warn', 'silent', 'fatal', 'error', 'info', 'debug', 'trace'),
  },
  readyFile: {
    flag: 'ready-file',
    env: ['UNDERSTUDY_READY_FILE'],
    value: 'FILE',
    help: 'a file to write {"ready":true,"url":…} to when requests are taken',
    read: text(),
  },
  idleSeconds: {
    flag: 'idle-seconds',
    env: ['UNDERSTUDY_IDLE_SECONDS'],
    value: 'N',
    help: 'drop a world that nobody used for so long (3600)',
    read: integer(3600, 1, 31_536_000),
  },
  connectionLimit: {
    flag: 'connection-limit',
    env: ['UNDERSTUDY_CONNECTION_LIMIT'],
    value: 'N',
    help: 'how many connections may be open; further ones are closed at once (2000)',
    read: integer(2000, 1, 100_000),
  },
  requestSeconds: {
    flag: 'request-seconds',
    env: ['UNDERSTUDY_REQUEST_SECONDS'],
    value: 'N',
    help: 'how long a client may take to send a request (30)',
    read: integer(30, 1, 3600),
  },
  worldLimit: {
    flag: 'world-limit',
    env: ['UNDERSTUDY_WORLD_LIMIT'],
    value: 'N',
    help: 'how many worlds there may be (20000)',
    read: integer(20_000, 1, 1_000_000),
  },
} satisfies { [K in keyof Config]: Option<Config[K]> };

/**
 * A URL without a slash at its end.
 *
 * @throws UsageError
 */
export function readUrl(given: string | undefined, name: string): string | undefined {
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new UsageError(`${name} is ${JSON.stringify(given)}; expected a URL such as http://understudy:8080`);
  }
  return given.replace(/\/+$/, '');
}

/**
 * Reads the options of `serve` from the command line, then from the environment.
 *
 * @throws UsageError that names the option, what was given and what was expected
 */
export function readConfig(args: readonly string[], env: Environment): Config {
  const flags = (Object.values(options) as Option<unknown>[]).flatMap(({ flag }) => (flag === undefined ? [] : [flag]));
  const given: Readonly<Record<string, string | undefined>> = parseFlags(
    args,
    Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }])),
  );
  const config: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(options) as [string, Option<unknown>][]) {
    const fromFlag = option.flag === undefined ? undefined : given[option.flag];
    const variable = option.env.find((name) => env[name] !== undefined && env[name] !== '');
    const name = fromFlag === undefined && variable !== undefined ? variable : `--${String(option.flag)}`;
    config[key] = option.read(fromFlag ?? (variable === undefined ? undefined : env[variable]), name);
  }
  return Object.freeze(config) as unknown as Config;
}

/**
 * Reads the options of a server that is started from a program, by the same table.
 *
 * @throws UsageError that names the option, what was given and what was expected
 */
export function configOf(given: Readonly<Record<string, unknown>>): Config {
  // a program knows without a file when it may begin
  const known = Object.keys(options).filter((name) => name !== 'readyFile');
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `there is no option ${JSON.stringify(unknown)}${didYouMean(unknown, known)}; there are ${known.join(', ')}`,
    );
  }
  // from JavaScript, a member may be there and undefined
  const text = (value: unknown): string | undefined =>
    value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  return Object.freeze(
    Object.fromEntries(Object.entries(options).map(([name, { read }]) => [name, read(text(given[name]), name)])),
  ) as unknown as Config;
}

type Flags = NonNullable<Parameters<typeof parseArgs>[0]>['options'] & object;

/**
 * Reads flags, and nothing else, from the command line.
 *
 * @throws UsageError
 */
export function parseFlags<const O extends Flags>(
  args: readonly string[],
  flags: O,
): ReturnType<typeof parseArgs<{ options: O }>>['values'] {
  const names = Object.keys(flags).map((name) => `--${name}`);
  try {
    return parseArgs({ args: withDashes(args, names), strict: true, allowPositionals: false, options: flags }).values;
  } catch (error) {
    // what follows is advice on positional arguments, and there are none
    const message = (error as Error).message.replace(/\.\s.*/s, '').replace('is ambiguous', 'missing');
    const [, unknown] = /^Unknown option '([^']+)'/.exec(message) ?? [];
    throw new UsageError(unknown === undefined ? message : message + didYouMean(unknown, names));
  }
}

/** A value that begins with a dash, as -1 does, would be taken for a flag of its own. */
function withDashes(args: readonly string[], names: readonly string[]): string[] {
  const isValue = (i: number): boolean => names.includes(String(args[i - 1])) && /^-[^-]/.test(String(args[i]));
  return args.flatMap((arg, i) => (isValue(i) ? [] : [isValue(i + 1) ? `${arg}=${String(args[i + 1])}` : arg]));
}
