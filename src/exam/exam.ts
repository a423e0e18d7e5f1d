import { start } from '../client/index.js';
import { UsageError } from '../config/option.js';
import { millisecondsOf } from '../input/duration.js';
import { suggestProvider } from '../shelf.js';
import { clientOfFunctions } from './client-of-functions.js';
import { applicationUrl, clientOfUrls } from './client-of-urls.js';
import { defaultTimeout } from './default-timeout.js';
import { refuseMistakes } from './refuse-mistakes.js';
import { runExam } from './run-exam.js';
import { selectChecks } from './select-checks.js';
import type { ProviderName, ProviderUrls, World } from '../client/index.js';
import type { Check } from './check.js';
import type { ClientFunctions } from './client-of-functions.js';
import type { ClientCredentials, ClientUnderExam } from './client-under-exam.js';
import type { ExamOptions } from './exam-options.js';
import type { ExamResult } from './result.js';

/**
 * Examines a client, and grades it. A world that is given has its state again afterwards.
 *
 * @throws CannotExamine if the first flow does not work, with the reason
 * @throws UsageError if an option is invalid, or if a check, a group or the provider does not exist
 */
export async function examine(options: ExamOptions): Promise<ExamResult> {
  refuseMistakes(options);
  const checks = selectChecks(options);
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

async function examineIn(world: World, options: ExamOptions, checks: readonly Check[]): Promise<ExamResult> {
  const { provider, timeout = defaultTimeout } = options;
  const { providers } = await world.info();
  if (!(provider in providers)) {
    throw new UsageError(
      `there is no provider ${JSON.stringify(provider)}${suggestProvider(provider, Object.keys(providers))}`,
    );
  }
  const own = await register(world, options);
  const timeoutMs = millisecondsOf(timeout);
  const client = clientOf(options, providers[provider as ProviderName], own, timeoutMs);
  return runExam({ ...options, world, client, clientId: own.id, checks, timeoutMs });
}

/** The client by its URLs or its functions: see `refuseMistakes`. */
function clientOf(
  options: ExamOptions,
  urls: ProviderUrls,
  own: ClientCredentials,
  timeoutMs: number,
): ClientUnderExam {
  const { connect, call, disconnect } = options;
  if (typeof connect !== 'string') {
    return clientOfFunctions({ connect, call, disconnect } as ClientFunctions, urls, own, {
      timeoutMs,
      signal: options.signal,
    });
  }
  return clientOfUrls({
    ...options,
    connect: applicationUrl(connect),
    call: applicationUrl(call as string),
    disconnect: disconnect === undefined ? undefined : applicationUrl(disconnect as string),
  });
}

/** Registers the client as the options say, and returns how it is registered. */
async function register(world: World, { provider, client = {} }: ExamOptions): Promise<ClientCredentials> {
  const all = await world.clients.list({ provider });
  const [first] = all;
  const { id = first?.id ?? 'understudy-client' } = client;
  const own = all.find((each) => each.id === id);
  const model = own ?? first;
  const { secret = model?.secret ?? 'understudy-secret' } = client;
  const { redirectUri = model?.redirectUris[0] ?? 'http://localhost:3000/callback' } = client;
  const isKnown = own?.secret === secret && own.redirectUris.includes(redirectUri);
  if (isKnown) return { id, secret, redirectUri };
  if (own !== undefined) await world.clients.remove({ provider, id });
  await world.clients.add({ provider, id, secret, redirectUris: [redirectUri] });
  return { id, secret, redirectUri };
}
