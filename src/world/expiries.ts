import { isAlive } from '../core/issue.js';
import type { Instant } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { World } from './world.js';

/** Something that dies at a time. */
export interface Expiry {
  readonly provider: string;
  readonly kind: 'code' | 'access' | 'refresh';
  readonly value: string;
  readonly clientId: string;
  readonly userId: string | null;
  readonly expiresAt: Instant;
}

function* mortals(provider: string, realm: Realm): Generator<Expiry> {
  const mortal = (
    kind: Expiry['kind'],
    value: string,
    { clientId, userId = null }: { clientId: string; userId?: string | undefined | null },
    expiresAt: Instant,
  ): Expiry => ({ provider, kind, value, clientId, userId, expiresAt });
  for (const { code, grant, expiresAt, spentAt } of realm.codes.values()) {
    if (spentAt === undefined && grant.revokedAt === undefined) yield mortal('code', code, grant, expiresAt);
  }
  for (const kind of ['access', 'refresh'] as const) {
    for (const token of kind === 'access' ? realm.accessTokens.values() : realm.refreshTokens.values()) {
      if (isAlive(realm, { ...token, expiresAt: Infinity })) {
        yield mortal(kind, token.token, token.grant, token.expiresAt);
      }
    }
  }
}

function* mortalsOf(world: World): Generator<Expiry> {
  for (const { provider, realm } of world.opened()) yield* mortals(provider.name, realm);
}

/** What died after one moment and not later than another, in the order of dying. */
export function expiriesBetween(world: World, after: Instant, until: Instant): Expiry[] {
  return [...mortalsOf(world)]
    .filter(({ expiresAt }) => expiresAt > after && expiresAt <= until)
    .sort((a, b) => a.expiresAt - b.expiresAt);
}

/** When the next thing of the world dies; undefined where nothing will. */
export function nextExpiry(world: World): Instant | undefined {
  const now = world.clock.checkedAt();
  let next = Infinity;
  for (const { expiresAt } of mortalsOf(world)) if (expiresAt > now && expiresAt < next) next = expiresAt;
  return next === Infinity ? undefined : next;
}
