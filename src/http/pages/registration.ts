import { clientToDocument } from '../../world/scenario/client-document.js';
import { hostname, isHostOf } from '../../input/host-name.js';
import { shellWord } from '../../input/shell-word.js';
import type { FastifyRequest } from 'fastify';
import type { Client } from '../../core/model.js';

/** Commands for a POSIX shell that register a redirect URI. */
export interface Registration {
  /** Starts a server with it. Undefined: the scenario of the world does not have the client. */
  readonly start: string | undefined;
  /** Changes the client in the world of the request. Undefined: the admin API cannot be called. */
  readonly call: string | undefined;
}

/**
 * How to register the redirect URI of a request for its client. Undefined if no scenario could have it: the checks are
 * those of a scenario.
 */
export async function registrationOf(request: FastifyRequest, uri: string): Promise<Registration | undefined> {
  // the client is known: its registered URIs were compared with this one
  const client = request.realm.clients.get(String(request.entry.clientId)) as Client;
  const redirectUris = [...client.redirectUris, uri];
  // loads the validator: a server of clients without mistakes does not need it
  const [{ check }, { ClientSchema }] = await Promise.all([
    import('../../world/check-document.js'),
    import('../../world/scenario/schema/scenario.js'),
  ]);
  if (check(ClientSchema, { ...clientToDocument(client), redirectUris }).length > 0) return undefined;
  return { start: startWith(request, client, uri), call: callWith(request, client, redirectUris) };
}

/** The option changes the first client of the scenario; another one is named. */
function startWith({ world, provider }: FastifyRequest, { id }: Client, uri: string): string | undefined {
  const clients = world.scenario.providers?.[provider.name]?.clients ?? [];
  const at = clients.findIndex((client) => client.id === id);
  if (at < 0) return undefined;
  const options =
    at === 0
      ? `--redirect-uri ${shellWord(uri)}`
      : // an id for every provider would make the client where there is none
        `--client-id ${shellWord(`${provider.name}=${id}`)} --redirect-uri ${shellWord(`${provider.name}=${uri}`)}`;
  return `npx understudy serve ${options}`;
}

function callWith(request: FastifyRequest, { id }: Client, redirectUris: readonly string[]): string | undefined {
  const { adminMode, world, provider } = request;
  const server = adminServer(request);
  // a client can send any bytes as its Host
  if (adminMode === 'off' || !/^[\x21-\x7e]+$/.test(server)) return undefined;
  const inWorld = world.id === 'default' ? '' : `/w/${world.id}`;
  const url = `${server}${inWorld}/__admin/providers/${provider.name}/clients/${encodeURIComponent(id)}`;
  return [
    `curl -X PATCH ${shellWord(url)}`,
    ...(adminMode === 'token' ? ['-H "Authorization: Bearer $UNDERSTUDY_ADMIN_TOKEN"'] : []),
    "-H 'Content-Type: application/json'",
    `-d ${shellWord(JSON.stringify({ redirectUris }))}`,
  ].join(' ');
}

/** The admin API has no URL at the host of a provider: the address is used at which the server listens. */
function adminServer({ provider, publicHost, serverUrl, ownUrl }: FastifyRequest): string {
  return provider.hosts.some((each) => isHostOf(each, hostname(publicHost))) ? ownUrl : serverUrl;
}
