import { integer, oneOf, serverUrl, text } from './config/kinds.js';
import { UsageError, readValue } from './config/option.js';
import { didYouMean } from './input/did-you-mean.js';
import type { Option, OptionTable, Values } from './config/option.js';

/**
 * Every setting of a server, one row each. The command line, the environment, the help text, the reference pages,
 * `Config` and the `StartOptions` of the library come from this table. Editors show the doc comment of a row, which
 * equals its help text.
 */
export const options = {
  /** TCP port to listen on; 0 picks a free port. */
  port: integer(
    {
      flag: 'port',
      env: ['UNDERSTUDY_PORT', 'PORT'],
      value: 'N',
      help: 'TCP port to listen on; 0 picks a free port',
    },
    8080,
    0,
    65_535,
  ),
  /** Address to listen on. */
  host: text(
    { flag: 'host', env: ['UNDERSTUDY_HOST', 'HOST'], value: 'ADDRESS', help: 'Address to listen on' },
    '127.0.0.1',
  ),
  /** Folder of scenario files, used in addition to the built-in scenarios. */
  fixtures: text({
    flag: 'fixtures',
    env: ['UNDERSTUDY_FIXTURES'],
    value: 'DIR',
    help: 'Folder of scenario files, used in addition to the built-in scenarios',
  }),
  /** Name of the scenario that the world `default` plays. */
  scenario: text(
    {
      flag: 'scenario',
      env: ['UNDERSTUDY_SCENARIO'],
      value: 'NAME',
      help: 'Name of the scenario that the world `default` plays',
    },
    'default',
  ),
  /** Bearer token that the admin API requires. */
  adminToken: text({
    flag: 'admin-token',
    env: ['UNDERSTUDY_ADMIN_TOKEN'],
    value: 'TOKEN',
    help: 'Bearer token that the admin API requires',
  }),
  /** `open`: the admin API requires no token, on any address. `guarded`: only on the loopback interface. */
  admin: oneOf(
    {
      env: ['UNDERSTUDY_ADMIN'],
      value: 'open',
      help: '`open`: the admin API requires no token, on any address. `guarded`: only on the loopback interface',
    },
    'guarded',
    ['open', 'guarded'],
  ),
  /** URL at which clients reach this server, in start-up lines and answers. A proxy may remove its path. */
  baseUrl: serverUrl({
    flag: 'base-url',
    env: ['UNDERSTUDY_BASE_URL'],
    value: 'URL',
    help: 'URL at which clients reach this server, in start-up lines and answers. A proxy may remove its path',
  }),
  /** Lowest level of log lines that are written. */
  logLevel: oneOf(
    {
      flag: 'log-level',
      env: ['UNDERSTUDY_LOG_LEVEL'],
      value: 'LEVEL',
      help: 'Lowest level of log lines that are written',
    },
    'warn',
    ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
  ),
  /** File that receives {"ready":true,"url":…} when the server accepts requests. */
  readyFile: text({
    flag: 'ready-file',
    env: ['UNDERSTUDY_READY_FILE'],
    value: 'FILE',
    help: 'File that receives {"ready":true,"url":…} when the server accepts requests',
  }),
  /** Time without requests after which a world is dropped, in seconds. */
  idleSeconds: integer(
    {
      flag: 'idle-seconds',
      env: ['UNDERSTUDY_IDLE_SECONDS'],
      value: 'N',
      help: 'Time without requests after which a world is dropped, in seconds',
    },
    3600,
    1,
    31_536_000,
  ),
  /** Maximum number of open connections; further connections are closed at once. */
  connectionLimit: integer(
    {
      flag: 'connection-limit',
      env: ['UNDERSTUDY_CONNECTION_LIMIT'],
      value: 'N',
      help: 'Maximum number of open connections; further connections are closed at once',
    },
    2000,
    1,
    100_000,
  ),
  /** Maximum time that a client takes to send a request, in seconds. */
  requestSeconds: integer(
    {
      flag: 'request-seconds',
      env: ['UNDERSTUDY_REQUEST_SECONDS'],
      value: 'N',
      help: 'Maximum time that a client takes to send a request, in seconds',
    },
    30,
    1,
    3600,
  ),
  /** Maximum number of worlds. */
  worldLimit: integer(
    { flag: 'world-limit', env: ['UNDERSTUDY_WORLD_LIMIT'], value: 'N', help: 'Maximum number of worlds' },
    20_000,
    1,
    1_000_000,
  ),
} satisfies OptionTable;

/** The settings of a server. Frozen: they do not change after the start. */
export type Config = Values<typeof options>;

/** Settings of a server that a program starts. There is no ready file, because the program awaits `start()`. */
export type ProgramConfig = Omit<Config, 'readyFile'>;

/** Defaults that differ if a program starts the server. */
export const programDefaults = { port: 0, logLevel: 'silent' } as const satisfies Partial<ProgramConfig>;

/**
 * Checks the settings of a server that a program starts. `defaults` replace those of the command line.
 *
 * @throws UsageError that names the option, the value and what was expected
 */
export function configOf(
  given: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>> = {},
): Config {
  refuseUnknownNames(Object.keys(given));
  const values = Object.entries<Option<unknown>>(options).map(([name, option]) => {
    const value = given[name];
    // JavaScript callers may pass undefined members
    if (value === undefined) return [name, defaults[name] ?? option.fallback];
    return [name, readValue(option, { name, texts: [typeof value === 'string' ? value : JSON.stringify(value)] })];
  });
  return Object.freeze(Object.fromEntries(values)) as Config;
}

function refuseUnknownNames(names: readonly string[]): void {
  const known = Object.keys(options).filter((name) => name !== 'readyFile');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(
    `there is no option ${JSON.stringify(unknown)}${didYouMean(unknown, known)}; there are ${known.join(', ')}`,
  );
}
