import { adminAccess } from './admin/guard.js';
import { buildApp } from './app.js';
import { UsageError } from './config.js';
import { providers } from './providers/index.js';
import { suggest } from './input/did-you-mean.js';
import { ScenarioLibrary } from './world/scenario/library.js';
import { restart } from './world/reset.js';
import { Worlds } from './world/worlds.js';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.js';
import type { PlacedMistake } from './world/scenario/fixture.js';
import type { Scenario } from './world/scenario/schema/scenario.js';
import type { World } from './world/world.js';

/** A server that takes requests. */
export interface Server {
  /** Where it listens. */
  readonly url: string;
  readonly worlds: Worlds;
  readonly close: () => Promise<void>;
}

/** How often idle worlds are looked for, in seconds, unless they are dropped sooner than that. */
const sweepSeconds = 60;

/**
 * Opens a server: scenarios first, so that a bad one keeps it from starting; then worlds; then the socket.
 *
 * @throws UsageError for a bad scenario, a token that cannot be sent, or an address that cannot be listened on
 */
export async function openServer(config: Omit<Config, 'readyFile'>): Promise<Server> {
  if (!/^[\x21-\x7e]+$/.test(config.adminToken ?? 'none')) {
    throw new UsageError('the admin token must be visible ASCII characters without blanks, as a bearer token is sent');
  }
  const library = await openLibrary(config.fixtures);
  const scenarioName = config.scenario ?? 'default';
  const worlds = new Worlds({
    providers,
    scenario: await firstScenario(library, scenarioName),
    scenarioName,
    limit: config.worldLimit,
    idleSeconds: config.idleSeconds,
  });
  const { baseUrl, logLevel, connectionLimit, requestSeconds } = config;
  const app = await buildApp({
    worlds,
    library,
    access: adminAccess(config),
    baseUrl,
    logLevel,
    connectionLimit,
    requestSeconds,
  });
  const url = await listen(app, config);

  const stopWatching = library.watch(
    (mistakes) => void reload(app, worlds, library, mistakes),
    (error) => {
      app.log.error(`the folder of scenarios cannot be read, and what was read stays in force: ${error.message}`);
    },
  );
  const sweep = setInterval(() => worlds.dropIdle(), Math.min(sweepSeconds, config.idleSeconds) * 1000).unref();
  return {
    url,
    worlds,
    async close() {
      stopWatching();
      clearInterval(sweep);
      await app.close();
    },
  };
}

async function openLibrary(folder: string | undefined): Promise<ScenarioLibrary> {
  const library = new ScenarioLibrary(folder);
  const mistakes = await readFolder(library, folder);
  if (mistakes.length === 0) return library;
  const { formatMistake } = await import('./world/scenario/fixture.js');
  throw new UsageError(`the scenarios cannot be played:\n${mistakes.map(formatMistake).join('\n')}`);
}

/** Reads the user's folder of scenarios, or says in one line why it cannot be read. */
export async function readFolder(
  library: ScenarioLibrary,
  folder: string | undefined,
): Promise<readonly PlacedMistake[]> {
  try {
    return await library.read();
  } catch (error) {
    throw new UsageError(
      `the folder of scenarios ${JSON.stringify(folder)} cannot be read: ${(error as Error).message}`,
    );
  }
}

async function firstScenario(library: ScenarioLibrary, name: string): Promise<Scenario> {
  const scenario = await library.get(name);
  if (scenario === undefined) {
    throw new UsageError(`there is no scenario ${JSON.stringify(name)}${suggest(name, library.names())}`);
  }
  return scenario;
}

/** A file changed: the default world starts again if it plays that file; other worlds when they are reset. */
async function reload(
  app: FastifyInstance,
  worlds: Worlds,
  library: ScenarioLibrary,
  mistakes: readonly PlacedMistake[],
): Promise<void> {
  const { formatMistake } = await import('./world/scenario/fixture.js');
  for (const mistake of mistakes) app.log.error(`the scenario stays as it was: ${formatMistake(mistake)}`);
  const { scenarioName } = worlds;
  const scenario = await library.get(String(scenarioName));
  // a file that is gone leaves its last version in force
  if (scenario === undefined || JSON.stringify(scenario) === JSON.stringify(worlds.scenario)) return;
  worlds.scenario = scenario;
  const world = worlds.use('default') as World;
  if (world.scenarioName !== scenarioName) return;
  await restart(worlds, library, world);
  app.log.warn(`the scenario ${String(scenarioName)} changed; the world default starts again from it`);
}

async function listen(app: FastifyInstance, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? `port ${port} is taken on ${host}; choose another, or 0 for a free one`
        : `cannot listen on ${host} port ${port}: ${message}`;
    throw new UsageError(why);
  }
  const { address, port: taken } = app.server.address() as AddressInfo;
  const name =
    address === '0.0.0.0' || address === '::' ? 'localhost' : address.includes(':') ? `[${address}]` : address;
  return `http://${name}:${taken}`;
}
