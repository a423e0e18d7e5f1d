import { Realm } from '../core/realm.js';
import { uuid } from '../providers/text.js';
import { clientFromDocument } from './scenario/client-document.js';
import { applyPolicy } from '../providers/policy/document.js';
import { unnamedRealm } from './scenario/default-scenario.js';
import { usersOf } from './scenario/users-of.js';
import type { RandomBytes } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';
import type { VirtualClock } from './clock.js';
import type { Scenario } from './scenario/schema/scenario.js';

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
  return new Realm({
    policy: applyPolicy(provider.policy, setup.policy ?? {}),
    scopes: provider.scopes,
    parameters: {
      authorize: provider.authorizeParameters ?? {},
      token: provider.tokenParameters ?? {},
      refresh: provider.refreshParameters ?? {},
    },
    clients: (setup.clients ?? []).map(clientFromDocument),
    users: usersOf(provider, setup),
    clock: world.clock,
    secondTokens: provider.secondTokens,
    generate: {
      ...provider.generators(random),
      id: () => Buffer.from(random(15)).toString('base64url'),
      requestId: () => uuid((requestIds ??= world.random(`${provider.name} request ids`))),
    },
  });
}
