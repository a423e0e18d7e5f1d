import { call, providerPath } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import type { Choice } from '../../parts/choices.js';

/** The names that a field can offer. */
export interface Names {
  readonly providers: readonly string[];
  readonly clients: readonly Choice[];
  readonly users: readonly Choice[];
}

interface Realm {
  readonly clients: readonly { readonly id: string }[];
  readonly users: readonly { readonly id: string; readonly username: string }[];
}

const none: Names = { providers: [], clients: [], users: [] };
/** How often the names are read again, in milliseconds. */
const everyMs = 10_000;
/** Maximum number of clients, and of users, that a field offers for each provider. */
const offered = 200;

const unique = (choices: readonly Choice[]): Choice[] => [
  ...new Map(choices.map((choice) => [choice.value, choice])).values(),
];

/** The names of the clients and users of one provider, or of all. */
export function useNames(provider: string | undefined): Names {
  const { data } = useData(
    async (): Promise<Names> => {
      const known = await call<{ providers: { name: string }[] }>('GET', '/providers');
      const providers = known.providers.map(({ name }) => name);
      const realms = await Promise.all(
        providers.filter((name) => provider === undefined || name === provider).map((name) => readRealm(name)),
      );
      return {
        providers,
        clients: unique(realms.flatMap(({ clients }) => clients.map(({ id }) => ({ value: id, text: id })))),
        users: unique(realms.flatMap(({ users }) => users.map(({ id, username }) => ({ value: id, text: username })))),
      };
    },
    [provider],
    everyMs,
  );
  return data ?? none;
}

async function readRealm(name: string): Promise<Realm> {
  const base = providerPath(name);
  const [{ clients }, { users }] = await Promise.all([
    call<Pick<Realm, 'clients'>>('GET', `${base}/clients?limit=${offered}`),
    call<Pick<Realm, 'users'>>('GET', `${base}/users?limit=${offered}`),
  ]);
  return { clients, users };
}
