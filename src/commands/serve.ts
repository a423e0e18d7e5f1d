import { writeFileSync } from 'node:fs';
import { adminAccess } from '../admin/guard.js';
import { UsageError } from '../config.js';
import { urlsOf } from '../http/urls.js';
import { providers } from '../providers/index.js';
import { userFromDocument } from '../world/scenario/user-document.js';
import { openServer } from '../server.js';
import type { Surroundings } from './surroundings.js';
import type { Config } from '../config.js';
import type { Provider } from '../providers/provider.js';
import type { Scenario } from '../world/scenario/schema/scenario.js';
import type { Worlds } from '../world/worlds.js';

/** `understudy serve`: listens until the process is told to stop, then lets running requests end. */
export async function serve(config: Config, around: Surroundings): Promise<number> {
  const server = await openServer(config);
  try {
    announce(config.baseUrl ?? server.url, server.worlds, config, around);
    await around.stopped;
  } finally {
    await server.close();
  }
  return 0;
}

function announce(url: string, worlds: Worlds, config: Config, { out, isTerminal }: Surroundings): void {
  for (const provider of providers) for (const line of introduction(provider, url, worlds.scenario)) out(line);
  out(adminLine(url, config));
  const ready = JSON.stringify({ ready: true, url });
  const { readyFile } = config;
  if (readyFile !== undefined) writeReadyFile(readyFile, ready);
  if (!isTerminal) out(ready);
}

/** Says who may steer, so that nobody wonders why a call is refused, or that one is not. */
function adminLine(url: string, config: Config): string {
  const { mode } = adminAccess(config);
  const words = {
    open: 'open to whoever reaches it',
    token: 'asks for the admin token',
    off: 'off: set UNDERSTUDY_ADMIN_TOKEN, or UNDERSTUDY_ADMIN=open',
  };
  return `Admin API  ${url}/__admin  (${words[mode]})`;
}

/** What a client of a provider is configured with, and somebody who can log in. */
export function introduction(provider: Provider, url: string, scenario: Scenario): string[] {
  const urls = urlsOf(provider, url, 'default');
  const { clients = [], users = [] } = scenario.providers?.[provider.name] ?? {};
  return [
    provider.title,
    `  authorize  ${urls.authorizeUrl}`,
    `  token      ${urls.tokenUrl}`,
    `  API        ${urls.apiUrl}`,
    ...clients.slice(0, 1).map(({ id, secret = '(none)' }) => `  client     ${id}  secret ${secret}`),
    ...users
      .slice(0, 1)
      .map(userFromDocument)
      .map(({ username, password }) => `  user       ${username}  password ${password}`),
  ];
}

function writeReadyFile(file: string, ready: string): void {
  try {
    writeFileSync(file, `${ready}\n`);
  } catch (error) {
    throw new UsageError(`--ready-file ${JSON.stringify(file)} cannot be written: ${(error as Error).message}`);
  }
}
