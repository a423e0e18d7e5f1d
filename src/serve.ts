import { writeFileSync } from 'node:fs';
import { adminAccess } from './admin/guard.js';
import { buildApp } from './app.js';
import { UsageError } from './config.js';
import { urlsOf } from './http/urls.js';
import { providers } from './providers/index.js';
import { ScenarioLibrary } from './world/library.js';
import { toUser } from './world/scenario.js';
import { Worlds } from './world/worlds.js';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Surroundings } from './cli.js';
import type { Config } from './config.js';

/** `understudy serve`: listens until the process is told to stop, then lets running requests end. */
export async function serve(config: Config, around: Surroundings): Promise<number> {
  const worlds = new Worlds({ providers, limit: config.worldLimit, idleSeconds: config.idleSeconds });
  const app = await buildApp({ worlds, library: new ScenarioLibrary(), access: adminAccess(config), baseUrl: config.baseUrl, logLevel: config.logLevel });
  const url = await listen(app, config);
  try {
    announce(config.baseUrl ?? url, worlds, config, around);
    await around.stopped;
  } finally {
    await app.close();
  }
  return 0;
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? `port ${port} is taken on ${host}; choose another with --port, or 0 for a free one` : `cannot listen on ${host} port ${port}: ${message}`;
    throw new UsageError(why);
  }
  const { address, port: taken } = app.server.address() as AddressInfo;
  const name = address === '0.0.0.0' || address === '::' ? 'localhost' : address.includes(':') ? `[${address}]` : address;
  return `http://${name}:${taken}`;
}

function announce(url: string, worlds: Worlds, { readyFile }: Config, { out, isTerminal }: Surroundings): void {
  const { scenario } = worlds;
  for (const provider of providers) {
    const urls = urlsOf(provider, url, 'default');
    const { clients = [], users = [] } = scenario.providers?.[provider.name] ?? {};
    const [client] = clients;
    const [user] = users.map(toUser);
    out(provider.title);
    out(`  authorize  ${urls.authorizeUrl}`);
    out(`  token      ${urls.tokenUrl}`);
    out(`  API        ${urls.apiUrl}`);
    if (client !== undefined) out(`  client     ${client.id}  secret ${client.secret ?? '(none)'}`);
    if (user !== undefined) out(`  user       ${user.username}  password ${user.password}`);
  }
  const ready = JSON.stringify({ ready: true, url });
  if (readyFile !== undefined) writeReadyFile(readyFile, ready);
  if (!isTerminal) out(ready);
}

function writeReadyFile(file: string, ready: string): void {
  try {
    writeFileSync(file, `${ready}\n`);
  } catch (error) {
    throw new UsageError(`--ready-file ${JSON.stringify(file)} cannot be written: ${(error as Error).message}`);
  }
}
