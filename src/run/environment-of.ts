import { join } from 'node:path';
import { packageFolder } from '../package.js';
import { destinationRules } from '../proxy/destination-rules.js';
import { partsOf } from './environment/index.js';
import { providerPart } from './environment/understudy.js';
import { readIfPossible, writeFiles } from './folder.js';
import { trustStore } from './trust-store.js';
import type { Environment } from '../config/option.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { Facts } from './facts.js';

/** A running server with HTTPS and a forward proxy. */
export interface ProxiedServer {
  readonly url: string;
  readonly tlsUrl: string;
  readonly proxyUrl: string;
  readonly caCertificate: string;
  readonly caFolder: string;
  readonly worlds: Worlds;
}

/** What the environment of a command depends on. */
export interface EnvironmentOptions {
  readonly server: ProxiedServer;
  readonly adminToken: string;
  /** The hosts to which the proxy passes. */
  readonly pass: readonly string[];
  /** The values of --client-id. */
  readonly clientId: readonly string[];
  /** The environment of this program. */
  readonly env: Environment;
}

/** The environment in which the clients of a command reach the server. Its files are written into the folder. */
export async function environmentOf(
  folder: string,
  { server, adminToken, clientId, pass, env }: EnvironmentOptions,
): Promise<Environment> {
  const { worlds, caCertificate, caFolder, url } = server;
  // with those that the scenario of the start defines
  const providers = worlds.providersIn('default');
  const facts: Facts = {
    ...server,
    adminToken,
    pass: destinationRules(providers, pass).pass,
    folder,
    hosts: providers.flatMap(({ hosts }) => hosts),
    preload: join(packageFolder, 'dist/preload.cjs'),
    trustStore: await trustStore(caCertificate, caFolder, env),
  };
  const world = worlds.use('default') as World;
  const parts = [
    ...partsOf(facts, { env, read: readIfPossible }),
    ...providers.map((provider) => providerPart(provider, url, world, clientId)),
  ];
  for (const part of parts) writeFiles(folder, part);
  return Object.assign({}, env, ...parts.map(({ variables }) => variables)) as Environment;
}
