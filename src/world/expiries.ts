import { isAlive } from '../core/issue.js';
import type { AccessToken, AuthorizationCode, Instant, RefreshToken } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Steps } from './slices.js';
import type { World } from './world.js';

/** A code or token with the time at which it expires. */
export interface Expiry {
  readonly provider: string;
  readonly kind: 'code' | 'access' | 'refresh';
  readonly value: string;
  readonly clientId: string;
  readonly userId: string | null;
  /** The token family that it belongs to. */
  readonly grantId: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

function* expiriesOfRealm(provider: string, realm: Realm): Generator<Expiry> {
  const expiry = (
    kind: Expiry['kind'],
    value: string,
    { grant, issuedAt, expiresAt }: AuthorizationCode | AccessToken | RefreshToken,
  ): Expiry => {
    const { id: grantId, clientId, userId = null } = grant;
    return { provider, kind, value, clientId, userId, grantId, issuedAt, expiresAt };
  };
  for (const code of realm.codes.values()) {
    if (code.spentAt === undefined && code.grant.revokedAt === undefined) yield expiry('code', code.code, code);
  }
  for (const kind of ['access', 'refresh'] as const) {
    for (const token of kind === 'access' ? realm.accessTokens.values() : realm.refreshTokens.values()) {
      if (isAlive(realm, { ...token, expiresAt: Infinity })) {
        yield expiry(kind, token.token, token);
      }
    }
  }
}

function* expiriesOf(world: World): Generator<Expiry> {
  for (const { provider, realm } of world.opened()) yield* expiriesOfRealm(provider.name, realm);
}

/** Codes and tokens that expire in the interval (`after`, `until`], earliest first. */
export function expiriesBetween(world: World, after: Instant, until: Instant): Expiry[] {
  return [...expiriesOf(world)]
    .filter(({ expiresAt }) => expiresAt > after && expiresAt <= until)
    .sort((a, b) => a.expiresAt - b.expiresAt);
}

/** The next expiry in a world, or undefined if nothing expires. */
export function nextExpiry(world: World): Instant | undefined {
  const now = world.clock.checkedAt();
  let next = Infinity;
  for (const { expiresAt } of expiriesOf(world)) if (expiresAt > now && expiresAt < next) next = expiresAt;
  return next === Infinity ? undefined : next;
}

/** The codes and tokens that expire next, earliest first, and the number of all that are valid and will expire. */
export interface NextExpiries {
  readonly expiries: readonly Expiry[];
  readonly total: number;
}

/** Finds the `limit` next expiries, without sorting all. */
export function* nextExpiries(world: World, limit: number): Steps<NextExpiries> {
  const now = world.clock.checkedAt();
  let found: Expiry[] = [];
  let total = 0;
  let latest = Infinity;
  const keepEarliest = (): void => {
    found = found.sort((a, b) => a.expiresAt - b.expiresAt).slice(0, limit);
  };
  for (const expiry of expiriesOf(world)) {
    yield;
    if (expiry.expiresAt <= now || expiry.expiresAt === Infinity) continue;
    total += 1;
    if (expiry.expiresAt >= latest) continue;
    found.push(expiry);
    if (found.length < 2 * limit) continue;
    keepEarliest();
    latest = (found.at(-1) as Expiry).expiresAt;
  }
  keepEarliest();
  return { expiries: found, total };
}
