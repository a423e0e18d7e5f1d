import { writeFileSync } from 'node:fs';
import { adminAccess } from '../admin/guard.js';
import { UsageError } from '../config/option.js';
import { urlsOf } from '../http/urls.js';
import { builtIn, unnamedRealm } from '../world/scenario/default-scenario.js';
import { usersOf } from '../world/scenario/users-of.js';
import type { Config } from '../config.js';
import type { ProviderUrls } from '../http/urls.js';
import type { Provider } from '../providers/provider.js';
import type { ClientDocument, Scenario } from '../world/scenario/schema/scenario.js';
import type { Server } from '../server.js';
import type { OpenedAuthority } from '../tls/authority-folder.js';
import type { RegisteredClient } from '../world/scenario/with-clients.js';
import type { World } from '../world/world.js';
import type { Surroundings } from './surroundings.js';

/**
 * Prints how to reach the server, then reports that it accepts requests: in the ready file, and as the last line of
 * standard output unless that is a terminal.
 *
 * @throws UsageError if the ready file cannot be written
 */
export function announce(server: Server, config: Config, { out, isTerminal }: Surroundings): void {
  const { worlds, tlsUrl, proxyUrl } = server;
  const url = config.baseUrl ?? server.url;
  const { internalUrl } = config;
  const { scenario } = worlds.use('default') as World;
  for (const provider of worlds.providersIn('default')) {
    const registered = worlds.registered.get(provider.name);
    for (const line of introduction(provider, url, scenario, { registered, internalUrl })) out(line);
  }
  for (const line of entranceLines(server)) out(line);
  out(adminLine(url, config));
  out(`Panel      ${url}/  (open it in a browser)`);
  const ready = JSON.stringify({ ready: true, url, tlsUrl, proxyUrl });
  if (config.readyFile !== undefined) writeReadyFile(config.readyFile, ready);
  if (!isTerminal) out(ready);
}

/** Settings of the server that the lines about a provider show. */
interface Settings {
  readonly registered?: RegisteredClient | undefined;
  readonly internalUrl?: string | undefined;
}

/** The URLs to configure a client with, its credentials, and a user who can log in. */
export function introduction(
  provider: Provider,
  url: string,
  scenario: Scenario,
  { registered, internalUrl }: Settings = {},
): string[] {
  const urls = urlsOf(provider, url, 'default');
  const setup = scenario.providers?.[provider.name] ?? unnamedRealm(provider.name);
  const { clients = [] } = setup;
  return [
    provider.title,
    `  authorize  ${urls.authorizeUrl}`,
    `  token      ${urls.tokenUrl}`,
    ...refreshLine(urls),
    `  API        ${urls.apiUrl}`,
    ...(internalUrl === undefined ? [] : internalLines(urlsOf(provider, internalUrl, 'default'))),
    ...clients.slice(0, 1).map((client) => clientLine(client, registered)),
    ...usersOf(provider, setup)
      .slice(0, 1)
      .map(({ username, password }) => `  user       ${username}  password ${shown(password, builtIn.password)}`),
  ];
}

/** The URLs that a client in a container calls itself. The authorization URL is for the browser. */
const internalLines = (urls: ProviderUrls): string[] =>
  [`  token      ${urls.tokenUrl}`, ...refreshLine(urls), `  API        ${urls.apiUrl}`].map(
    (line) => `${line}  (internal)`,
  );

/** Where refresh tokens are exchanged, if that is not the token endpoint. */
const refreshLine = ({ refreshUrl }: ProviderUrls): string[] =>
  refreshUrl === undefined ? [] : [`  refresh    ${refreshUrl}`];

function clientLine({ id, secret }: ClientDocument, registered: RegisteredClient | undefined): string {
  const origin = registered?.secret === undefined ? 'as in the scenario' : 'as given by --client-secret';
  return `  client     ${id}  secret ${secret === undefined ? '(none)' : shown(secret, builtIn.secret, origin)}`;
}

/** A secret of the user's own is not printed: the lines end up in the logs of CI. */
const shown = (secret: string, known: string, origin = 'as in the scenario'): string =>
  secret === known ? secret : `(${origin})`;

/** The ports of HTTPS and of the proxy, and the authority that clients have to trust. */
function entranceLines({ tlsUrl, proxyUrl, authority }: Server): string[] {
  return [
    ...(tlsUrl === undefined ? [] : [`HTTPS      ${tlsUrl}`]),
    ...(proxyUrl === undefined ? [] : [`Proxy      ${proxyUrl}`]),
    ...(authority === undefined ? [] : [`Trust      ${authority.file}${remarkOn(authority)}`]),
  ];
}

/** Clients that trusted the previous authority do not trust a new one. */
const remarkOn = ({ remark }: OpenedAuthority): string => (remark === undefined ? '' : `  (${remark})`);

/** The URL of the admin API, and which callers it accepts. */
function adminLine(url: string, config: Config): string {
  const words = {
    open: 'open: no token required',
    token: 'requires the admin token',
    off: 'off: set UNDERSTUDY_ADMIN_TOKEN, or UNDERSTUDY_ADMIN=open',
  };
  const internal = config.internalUrl === undefined ? '' : `, internal ${config.internalUrl}/__admin`;
  return `Admin API  ${url}/__admin${internal}  (${words[adminAccess(config).mode]})`;
}

function writeReadyFile(file: string, ready: string): void {
  try {
    writeFileSync(file, `${ready}\n`);
  } catch (error) {
    throw new UsageError(`--ready-file ${JSON.stringify(file)} cannot be written: ${(error as Error).message}`);
  }
}
