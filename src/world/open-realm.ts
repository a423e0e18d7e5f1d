import { Realm } from '../core/realm.js';
import { uuid } from '../providers/text.js';
import { clientFromDocument } from './scenario/client-document.js';
import { applyPolicy } from '../providers/policy/document.js';
import { unnamedRealm } from './scenario/default-scenario.js';
import { usersOf } from './scenario/users-of.js';
import type { RandomBytes, RealmOptions } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';
import type { VirtualClock } from './clock.js';
import type { RealmDocument, Scenario } from './scenario/schema/scenario.js';

/** The part of a world that a realm needs. */
export interface RealmSource {
  readonly scenario: Scenario;
  readonly clock: VirtualClock;
  /** The random stream with this label. */
  readonly random: (label: string) => RandomBytes;
}

/** Makes a provider's realm from the scenario of a world. */
export function openRealm(world: RealmSource, provider: Provider): Realm {
  const setup = world.scenario.providers?.[provider.name] ?? unnamedRealm(provider.name);
  // one stream for each provider: requests to one do not change what another issues
  const random = world.random(provider.name);
  // opened on first use: most providers do not need it, and each stream allocates a cipher
  let requestIds: RandomBytes | undefined;
  const { policy, clients, users, userNumbers } = registeredBy(setup, provider);
  const { accessToken, refreshToken, code, secondToken } = provider.generators(random);
  return new Realm({
    policy,
    clients,
    users,
    userNumbers,
    scopes: provider.scopes,
    parameters: {
      authorize: provider.authorizeParameters ?? {},
      token: provider.tokenParameters ?? {},
      refresh: provider.refreshParameters ?? {},
    },
    clock: world.clock,
    secondTokens: provider.secondTokens,
    generate: {
      accessToken,
      refreshToken,
      code,
      secondToken,
      id: () => Buffer.from(random(15)).toString('base64url'),
      requestId: () => uuid((requestIds ??= world.random(`${provider.name} request ids`))),
    },
  });
}

type Registered = Pick<RealmOptions, 'policy' | 'clients' | 'users' | 'userNumbers'>;

const made = new WeakMap<RealmDocument, WeakMap<Provider, Registered>>();

/** What a scenario registers at a provider. Worlds of one scenario share it: what changes is replaced in a realm. */
function registeredBy(setup: RealmDocument, provider: Provider): Registered {
  const known = made.get(setup)?.get(provider);
  if (known !== undefined) return known;
  const users = byId(usersOf(provider, setup));
  const registered = {
    policy: applyPolicy(provider.policy, setup.policy ?? {}),
    clients: byId((setup.clients ?? []).map(clientFromDocument)),
    users,
    userNumbers: new Map([...users.keys()].map((id, i) => [id, i + 1])),
  };
  made.set(setup, (made.get(setup) ?? new WeakMap<Provider, Registered>()).set(provider, registered));
  return registered;
}

const byId = <T extends { readonly id: string }>(all: readonly T[]): Map<string, T> =>
  new Map(all.map((each) => [each.id, each]));
