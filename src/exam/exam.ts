import { start } from '../client/index.js';
import { UsageError } from '../config/option.js';
import { suggest } from '../input/did-you-mean.js';
import { isWait, millisecondsOf, parseDuration } from '../input/duration.js';
import { clientOfFunctions } from './client-of-functions.js';
import { applicationUrl, clientOfUrls } from './client-of-urls.js';
import { runExam } from './run-exam.js';
import { selectChecks } from './select-checks.js';
import type { ProviderName, ProviderUrls, Scenario, World } from '../client/index.js';
import type { Check } from './check.js';
import type { ClientFunctions } from './client-of-functions.js';
import type { ClientCredentials, ClientUnderExam } from './client-under-exam.js';
import type { ExamResult } from './result.js';
import type { Progress } from './run-exam.js';
import type { Selection } from './select-checks.js';

/** An exam of a client, from a test. */
export interface ExamOptions extends Selection {
  readonly provider: ProviderName | (string & {});
  /** A URL of an application that begins the flow, or a function that connects. */
  readonly connect: string | ClientFunctions['connect'];
  /** A URL that makes the application use the API, or a function that does. */
  readonly call: string | ClientFunctions['call'];
  /** A URL or a function that ends the connection. */
  readonly disconnect?: string | ClientFunctions['disconnect'];
  /** The world that the client is configured for. Default: that of a server which is started for the exam. */
  readonly world?: World;
  /** Further base URLs of that world: the application may know the server by any of them. */
  readonly knownAs?: readonly string[];
  /** Port of the server that is started. Default: 8080 for an application, a free port for functions. */
  readonly port?: number;
  /** How the client is registered. Default: the first client of the world at the provider. */
  readonly client?: Partial<ClientCredentials>;
  readonly scenario?: string | Scenario;
  readonly seed?: string;
  /** How often each check is made. Default: 1. */
  readonly repeat?: number;
  /** Maximum time of one answer of the application. Default: `10s`. */
  readonly timeout?: string;
  /** Whether the status of a call of the application means success. Default: 200 to 299. */
  readonly succeeds?: (status: number) => boolean;
  /** Logs a browser in at the application itself, before its first flow. */
  readonly login?: ClientUnderExam['login'];
  /** Ends the exam with what is known. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Examines a client, and grades it. A world that is given has its state again afterwards.
 *
 * @throws CannotExamine if the first flow does not work, with the reason
 * @throws UsageError if an option is invalid, or if a check, a group or the provider does not exist
 */
export async function examine(options: ExamOptions): Promise<ExamResult> {
  refuseUnknown(options);
  const checks = selectChecks(options);
  const { timeout = '10s', repeat = 1 } = options;
  if (!isWait(timeout) || Number(parseDuration(timeout)) <= 0) throw invalid('timeout', waitForm, timeout);
  if (!Number.isInteger(repeat) || repeat < 1 || repeat > 20) {
    throw invalid('repeat', 'a whole number from 1 to 20', repeat);
  }
  if (options.world === undefined) {
    await using server = await start({ port: options.port ?? (typeof options.connect === 'string' ? 8080 : 0) });
    return await examineIn(server.world(), options, checks);
  }
  const before = await options.world.snapshot.take();
  try {
    return await examineIn(options.world, options, checks);
  } finally {
    await options.world.snapshot.restore(before);
  }
}

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

function refuseUnknown(options: ExamOptions): void {
  const unknown = Object.keys(options).find((name) => !(name in names));
  if (unknown !== undefined) {
    throw new UsageError(`exam() has no option ${JSON.stringify(unknown)}${suggest(unknown, Object.keys(names))}`);
  }
  if (typeof options.provider !== 'string') throw invalid('provider', 'the name of a provider', options.provider);
  for (const name of ['connect', 'call'] as const) {
    if (!['string', 'function'].includes(typeof options[name])) {
      throw invalid(name, 'a URL of the application, or a function', options[name]);
    }
  }
}

const waitForm = 'a duration from 1ms to 10m, such as 10s';

const invalid = (name: string, expected: string, given: unknown): UsageError =>
  new UsageError(`${name}: expected ${expected}, got ${given === undefined ? 'nothing' : JSON.stringify(given)}`);

async function examineIn(world: World, options: ExamOptions, checks: readonly Check[]): Promise<ExamResult> {
  const { provider, timeout = '10s' } = options;
  const own = await register(world, options);
  const { providers } = await world.info();
  const timeoutMs = millisecondsOf(timeout);
  const client = clientOf(options, providers[provider as ProviderName], own, timeoutMs);
  return runExam({ ...options, world, client, checks, timeoutMs });
}

/** @throws UsageError if connect and call are of different kinds */
function clientOf(
  options: ExamOptions,
  urls: ProviderUrls,
  own: ClientCredentials,
  timeoutMs: number,
): ClientUnderExam {
  const { connect, call, disconnect } = options;
  if (typeof connect !== 'string' && typeof call !== 'string' && typeof disconnect !== 'string') {
    return clientOfFunctions({ connect, call, disconnect }, urls, own, timeoutMs);
  }
  if (typeof connect !== 'string' || typeof call !== 'string' || typeof disconnect === 'function') {
    throw new UsageError('connect, call and disconnect are either URLs or functions, not both');
  }
  return clientOfUrls({
    ...options,
    connect: applicationUrl(connect),
    call: applicationUrl(call),
    disconnect: disconnect === undefined ? undefined : applicationUrl(disconnect),
  });
}

/** Registers the client as the options say, and returns how it is registered. */
async function register(world: World, { provider, client = {} }: ExamOptions): Promise<ClientCredentials> {
  const [first] = await world.clients.list({ provider });
  const { id = first?.id ?? 'understudy-client', secret = first?.secret ?? 'understudy-secret' } = client;
  const { redirectUri = first?.redirectUris[0] ?? 'http://localhost:3000/callback' } = client;
  const isKnown = first?.id === id && first.secret === secret && first.redirectUris.includes(redirectUri);
  if (isKnown) return { id, secret, redirectUri };
  if (first?.id === id) await world.clients.remove({ provider, id });
  await world.clients.add({ provider, id, secret, redirectUris: [redirectUri] });
  return { id, secret, redirectUri };
}
