import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkAdminToken } from './config/admin-token.js';
import { flagOf } from './config/option.js';
import { adminAccess } from './admin/guard.js';
import { buildApp } from './app.js';
import { guarded } from './http/connection/guarded.js';
import { LazyShelf } from './providers/files/lazy-shelf.js';
import { providers } from './providers/index.js';
import { listen } from './server/listen.js';
import { registeredClients } from './server/registered-clients.js';
import { reload } from './server/reload.js';
import { firstScenario, openLibrary } from './server/scenarios.js';
import { keepTickShape } from './server/tick-shape.js';
import { refuseUnusedSettings } from './server/unused-settings.js';
import { Worlds } from './world/worlds.js';
import type { FastifyInstance } from 'fastify';
import type { Provider } from './providers/provider.js';
import type { Examiner } from './admin/examiner.js';
import type { NameOption } from './config/option.js';
import type { ProgramConfig } from './config.js';
import type { Certificates } from './server/certificates.js';
import type { Entrances, Inside } from './server/entrances.js';
import type { DefinedByFiles } from './server/provider-files.js';
import type { OpenedAuthority } from './tls/authority-folder.js';
import type { ScenarioLibrary } from './world/scenario/library.js';

// when the program is loaded and not when a server opens: the object that is kept has the async context of its maker
keepTickShape();

/** A server that accepts requests. */
export interface Server {
  /** The URL at which it listens. */
  readonly url: string;
  /** The URL of HTTPS. Undefined without the setting `tls`. */
  readonly tlsUrl: string | undefined;
  /** The URL of the forward proxy. Undefined without the setting `proxy`. */
  readonly proxyUrl: string | undefined;
  /** The authority that signs the server's certificates. Undefined if there is none. */
  readonly authority: OpenedAuthority | undefined;
  readonly worlds: Worlds;
  readonly close: () => Promise<void>;
}

/** What a server is given by the program that opens it, beside its settings. */
export interface ServerParts {
  /** Makes exams for the admin API. Undefined: the server makes none. */
  readonly examiner?: Examiner;
  /** Documents of providers, in place of a folder. They are checked here. */
  readonly documents?: readonly unknown[] | undefined;
  /** How errors name an option. Default: as on the command line. */
  readonly nameOption?: NameOption;
}

/** Longest interval of the check for idle worlds, in seconds. A shorter idle time shortens it. */
const sweepSeconds = 60;

/**
 * Opens a server: the scenarios, the worlds, the certificates, then the ports.
 *
 * @throws UsageError for a scenario, a provider or a registered client with mistakes, an invalid admin token, a
 *   setting without effect, a certificate or folder that cannot be used, or an address in use
 */
export async function openServer(
  config: ProgramConfig,
  { examiner, documents, nameOption = flagOf }: ServerParts = {},
): Promise<Server> {
  checkAdminToken(config.adminToken);
  refuseUnusedSettings(config, nameOption);
  const shelf = new LazyShelf();
  const files = await openProviders(config, nameOption, shelf);
  const given = await defineDocuments(documents, shelf, files?.providers ?? []);
  const definitions = (): readonly Provider[] => unlessNamed(given, files?.providers ?? []);
  const library = await openLibrary(config.fixtures, () => [...providers, ...definitions()], shelf);
  const worlds = await openWorlds(config, library, definitions(), nameOption);
  const access = adminAccess(config);
  const certificates = await openCertificates(config, worlds.providersIn('default'), nameOption);
  const caCertificate = certificates?.authority?.certificate;
  // the ports are opened last, and calls of the admin API tell their URLs
  const opened: { proxyUrl?: string | undefined; urls: readonly [string, ...string[]] } = { urls: [''] };
  const proxyUrl = (): string | undefined => opened.proxyUrl;
  const listensAt = (): typeof opened.urls => opened.urls;
  const app = await buildApp({ ...config, worlds, library, access, caCertificate, proxyUrl, examiner, listensAt });
  const url = await listen(app, config);
  const served = { worlds, listed: access.mode === 'open' };
  const entrances = await enter(config, certificates, { app, url, served, nameOption });
  opened.proxyUrl = entrances?.proxyUrl;
  opened.urls = entrances?.tlsUrl === undefined ? [url] : [url, entrances.tlsUrl];

  const stopWatching = watch(app, worlds, library);
  const stopWatchingProviders = files?.watch(worlds, app.log, library);
  const interval = Math.min(sweepSeconds, config.idleSeconds) * 1000;
  const sweep = setInterval(
    guarded(app.log, () => {
      worlds.dropIdle();
    }),
    interval,
  ).unref();
  return {
    url,
    tlsUrl: entrances?.tlsUrl,
    proxyUrl: entrances?.proxyUrl,
    authority: certificates?.authority,
    worlds,
    async close() {
      stopWatching();
      stopWatchingProviders?.();
      clearInterval(sweep);
      await Promise.all([entrances?.close(), app.close()]);
      // so that a client in this process sees that its connections ended: its next call to a server at this port would
      // use one of them, and fail. The first turn can come before the sockets are read
      await nextTurn();
      await nextTurn();
    },
  };
}

/** Loads the code of certificates only if it is needed. */
async function openCertificates(
  config: ProgramConfig,
  served: readonly Provider[],
  nameOption: NameOption,
): Promise<Certificates | undefined> {
  if (!config.tls && !config.proxy) return undefined;
  return (await import('./server/certificates.js')).openCertificates(config, served, nameOption);
}

async function enter(
  config: ProgramConfig,
  certificates: Certificates | undefined,
  inside: Inside,
): Promise<Entrances | undefined> {
  if (certificates === undefined) return undefined;
  const { openEntrances } = await import('./server/entrances.js');
  try {
    return await openEntrances(config, certificates, inside);
  } catch (error) {
    await inside.app.close();
    throw error;
  }
}

/** Loads the code of provider files only if there are some. */
async function openProviders(
  config: ProgramConfig,
  nameOption: NameOption,
  shelf: LazyShelf,
): Promise<DefinedByFiles | undefined> {
  if (config.providers === undefined && config.shelf.length === 0) return undefined;
  return (await import('./server/provider-files.js')).openProviderFiles(config, nameOption, await shelf.load());
}

async function defineDocuments(
  documents: readonly unknown[] | undefined,
  shelf: LazyShelf,
  served: readonly Provider[],
): Promise<readonly Provider[]> {
  if (documents === undefined) return [];
  return (await import('./server/provider-documents.js')).defineGiven(documents, { shelf: await shelf.load(), served });
}

/** The first ones, and those of the others whose names they leave. */
const unlessNamed = (first: readonly Provider[], others: readonly Provider[]): readonly Provider[] => [
  ...first,
  ...others.filter(({ name }) => first.every((each) => each.name !== name)),
];

async function openWorlds(
  config: ProgramConfig,
  library: ScenarioLibrary,
  definitions: readonly Provider[],
  nameOption: NameOption,
): Promise<Worlds> {
  return new Worlds({
    providers,
    definitions,
    scenario: await firstScenario(library, config.scenario),
    scenarioName: config.scenario,
    registered: await registeredClients(config, [...providers, ...definitions], nameOption),
    limit: config.worldLimit,
    idleSeconds: config.idleSeconds,
  });
}

/** Reloads scenarios when their files change. Returns a function that stops watching. */
function watch(app: FastifyInstance, worlds: Worlds, library: ScenarioLibrary): () => void {
  return library.watch(
    (mistakes) => reload(app.log, worlds, library, mistakes),
    (error) => {
      app.log.error(`the folder of scenarios cannot be read; the scenarios are unchanged: ${error.message}`);
    },
  );
}
