import { clientFromDocument } from '../scenario/client-document.js';
import { applyPolicy } from '../../providers/policy/document.js';
import { userFromDocument } from '../../providers/user-document.js';
import type { Grant, Instant } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';
import type { Provider } from '../../providers/provider.js';
import type { World } from '../world.js';
import type { Worlds } from '../worlds.js';
import type { RealmDocument, Snapshot } from './schema.js';

/** Opens a world with the contents of a snapshot. `checkSnapshot` must have accepted the
 * snapshot, and made its providers. */
export function restoreSnapshot(worlds: Worlds, id: string, snapshot: Snapshot): World {
  const { scenario, scenarioName, own, clock, drawn, faults, realms } = snapshot;
  const world = worlds.open({ id, scenario, scenarioName, own, drawn, isSnapshot: true });
  world.setClock(clock);
  if (faults !== undefined) world.faults.restore(faults);
  for (const provider of world.providers) {
    const document = realms[provider.name];
    if (document !== undefined) fillRealm(world.realm(provider), provider, document);
  }
  return world;
}

function fillRealm(realm: Realm, provider: Provider, document: RealmDocument): void {
  realm.policy = applyPolicy(provider.policy, document.policy);
  realm.clients.clear();
  // those that were deleted before the snapshot: their numbers are not used again
  for (const id of [...realm.users.keys()]) if (document.users.every((user) => user.id !== id)) realm.deleteUser(id);
  realm.users.clear();
  for (const client of document.clients) realm.clients.set(client.id, clientFromDocument(client));
  for (const user of document.users.map(userFromDocument)) realm.users.set(user.id, user);
  const grants = new Map(document.grants.map((grant) => [grant.id, { userId: undefined, ...grant } satisfies Grant]));
  const withGrant = <T extends { grantId: string }>({
    grantId,
    ...rest
  }: T): Omit<T, 'grantId'> & { grant: Grant } => ({
    ...rest,
    grant: grants.get(grantId) as Grant,
  });
  for (const code of document.codes) realm.codes.set(code.code, { challenge: undefined, ...withGrant(code) });
  for (const token of document.accessTokens) {
    realm.accessTokens.set(token.token, {
      refreshToken: undefined,
      retires: undefined,
      ...withGrant(token),
      expiresAt: expiryFromDocument(token.expiresAt),
    });
  }
  for (const { endsAt, ...token } of document.refreshTokens) {
    realm.refreshTokens.set(token.token, {
      ...withGrant(token),
      expiresAt: expiryFromDocument(token.expiresAt),
      ...(endsAt === undefined ? {} : { endsAt: expiryFromDocument(endsAt) }),
    });
  }
}

const expiryFromDocument = (at: number | null): Instant => at ?? Infinity;
