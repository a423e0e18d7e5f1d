import { integer, names, oneOf, onOff, serverUrl, text } from './kinds.js';
import type { OptionTable } from './option.js';

/** Settings of the server itself: its address, scenarios, admin API, log and limits. */
export const serverOptions = {
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
  /** Folder of provider files, which are served beside the built-in providers. */
  providers: text({
    flag: 'providers',
    env: ['UNDERSTUDY_PROVIDERS'],
    value: 'DIR',
    help: 'Folder of provider files, which are served beside the built-in providers',
  }),
  /** Providers of the shelf to serve as well: well-known ones, by name, or `all`. */
  shelf: names({
    flag: 'shelf',
    env: ['UNDERSTUDY_SHELF'],
    value: 'NAMES',
    help: 'Providers of the shelf to serve as well: well-known ones, by name, or `all`',
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
  /** URL at which containers reach this server, next to the base URL, which is for browsers. */
  internalUrl: serverUrl({
    flag: 'internal-url',
    env: ['UNDERSTUDY_INTERNAL_URL'],
    value: 'URL',
    help: 'URL at which containers reach this server, next to the base URL, which is for browsers',
  }),
  /** Trust Forwarded and X-Forwarded-* headers, which a proxy in front of this server sets. */
  trustProxy: onOff({
    flag: 'trust-proxy',
    env: ['UNDERSTUDY_TRUST_PROXY'],
    help: 'Trust Forwarded and X-Forwarded-* headers, which a proxy in front of this server sets',
  }),
  /** Write no line for each request. */
  quiet: onOff({ flag: 'quiet', env: ['UNDERSTUDY_QUIET'], help: 'Write no line for each request' }),
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
