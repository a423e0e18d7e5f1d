import { unnamedRealm } from './default-scenario.js';
import { builtIn } from './default-scenario.js';
import type { ClientDocument, RealmDocument, Scenario } from './schema/scenario.js';

/** What the settings of the server say about one client of a provider. */
export interface RegisteredClient {
  /** Undefined: the first client of the scenario. */
  readonly id: string | undefined;
  /** Undefined: that of the scenario's client, or the built-in secret for a client that the scenario does not have. */
  readonly secret: string | undefined;
  /** They come before those of the scenario. */
  readonly redirectUris: readonly string[];
}

/** Registered clients by the name of the provider. */
export type RegisteredClients = ReadonlyMap<string, RegisteredClient>;

/**
 * Adds the registered clients to a scenario. A client of the scenario is changed; another is made, with the redirect
 * URIs of the scenario's first client if it has none of its own. It becomes the first client of its provider. Where no
 * id is registered and the scenario has no client, nothing changes. A second application changes nothing.
 */
export function withClients(scenario: Scenario, registered: RegisteredClients): Scenario {
  if (registered.size === 0) return scenario;
  const changed = [...registered].map(([provider, client]) => {
    const realm = scenario.providers?.[provider] ?? unnamedRealm(provider);
    return [provider, { ...realm, clients: changedClients(realm, client) }] as const;
  });
  return { ...scenario, providers: { ...scenario.providers, ...Object.fromEntries(changed) } };
}

function changedClients({ clients = [] }: RealmDocument, registered: RegisteredClient): ClientDocument[] {
  const [first] = clients;
  const id = registered.id ?? first?.id;
  if (id === undefined) return [];
  const known = clients.find((client) => client.id === id);
  const client = known === undefined ? newClient(id, registered, first) : changedClient(known, registered);
  return [client, ...clients.filter((each) => each !== known)];
}

function newClient(
  id: string,
  { secret = builtIn.secret, redirectUris }: RegisteredClient,
  first: ClientDocument | undefined,
): ClientDocument {
  return { id, secret, redirectUris: redirectUris.length > 0 ? [...redirectUris] : [...(first?.redirectUris ?? [])] };
}

function changedClient(client: ClientDocument, { secret, redirectUris }: RegisteredClient): ClientDocument {
  const { confidential, ...rest } = client;
  // a public client authenticates with its first secret
  const isFirstSecret = client.secret === undefined && secret !== undefined;
  const kept = confidential === undefined || isFirstSecret ? {} : { confidential };
  return {
    ...rest,
    ...kept,
    ...(secret === undefined ? {} : { secret }),
    ...(redirectUris.length > 0
      ? { redirectUris: [...new Set([...redirectUris, ...(client.redirectUris ?? [])])] }
      : {}),
  };
}
