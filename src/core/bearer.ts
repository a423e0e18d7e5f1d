import { refuse } from './errors.js';
import { newestKeyOf } from './newest-key.js';
import { revokeToken } from './revoke.js';
import type { AccessToken, User } from './model.js';
import type { BearerPlace } from './policy.js';
import type { Realm } from './realm.js';

/** The access tokens found in a request to a protected resource (RFC 6750 §2). */
export interface BearerRequest {
  readonly presented: readonly { readonly place: BearerPlace; readonly token: string }[];
  /** Places that contain a token, but are not read under this policy. */
  readonly elsewhere: readonly string[];
  /** Why the Authorization header is refused as a bearer token; undefined if it is not. */
  readonly malformed: string | undefined;
}

/** A checked access token and its user. */
export interface Access {
  readonly token: AccessToken;
  readonly user: User | undefined;
}

/**
 * Checks the access token of a request (RFC 6750 §3.1). Some policies let the API (`atApi`) check less than other
 * endpoints.
 *
 * @throws bearer.*, resource.suspended, resource.too-many-calls
 */
export function checkBearer(realm: Realm, request: BearerRequest, atApi = false): Access {
  const token = findToken(realm, request);
  const { previousRetiredBy, accessTokenRevocationChecked } = realm.policy;
  const counts = !atApi || previousRetiredBy === 'any-use';
  // first: a token that is expired or revoked retires its predecessor too (measured with Doorkeeper)
  if (counts) retirePrevious(realm, token);
  if (!atApi || accessTokenRevocationChecked) checkNotRevoked(token);
  if (realm.policy.accessTokenExpiryChecked) checkExpiry(realm, token);
  if (counts) token.firstUsedAt ??= realm.now();
  countCall(realm, token);
  const user = token.grant.userId === undefined ? undefined : realm.users.get(token.grant.userId);
  if (user?.suspended === true) throw refuse('resource.suspended', { username: user.username });
  return { token, user };
}

/**
 * Checks that a token has one of the scopes that a call needs.
 *
 * @throws bearer.insufficient-scope
 */
export function checkScope({ token }: Access, needed: readonly string[]): void {
  if (needed.length > 0 && !needed.some((scope) => token.scopes.includes(scope))) {
    throw refuse('bearer.insufficient-scope', { needed, granted: token.scopes });
  }
}

function findToken(realm: Realm, { presented, elsewhere, malformed }: BearerRequest): AccessToken {
  if (malformed !== undefined) throw refuse('bearer.malformed', { detail: malformed });
  const [first] = presented;
  if (first === undefined) throw refuse('bearer.missing', { elsewhere });
  if (presented.length + elsewhere.length > 1 && realm.policy.bearerTwice === 'refused') {
    throw refuse('bearer.twice', { places: [...presented.map(({ place }) => place), ...elsewhere] });
  }
  const token = realm.accessTokens.get(first.token);
  if (token === undefined) throw refuse('bearer.unknown', { token: first.token });
  return token;
}

/**
 * Checks that an access token is neither revoked nor expired.
 *
 * @throws bearer.revoked, bearer.removed, bearer.expired
 */
export function checkAlive(realm: Realm, token: AccessToken): void {
  checkNotRevoked(token);
  if (realm.policy.accessTokenExpiryChecked) checkExpiry(realm, token);
}

function checkNotRevoked(token: AccessToken): void {
  const revokedAt = token.revokedAt ?? token.grant.revokedAt;
  if (revokedAt !== undefined) {
    throw refuse('bearer.revoked', {
      at: revokedAt,
      because: token.revokedBecause ?? token.grant.revokedBecause ?? 'revoked',
      token: token.token,
    });
  }
}

function checkExpiry(realm: Realm, token: AccessToken): void {
  const { expiresAt: at, removedAt } = token;
  if (removedAt !== undefined) throw refuse('bearer.removed', { at, removedAt, token: token.token });
  const now = realm.checkedAt();
  if (now < at) return;
  if (realm.policy.expiredTokens === 'removed-when-sent') removeExpired(realm, token);
  throw refuse('bearer.expired', { at, now, token: token.token });
}

/** Spring removes an expired access token when it is sent. The next token of the same scopes is then a new pair. */
function removeExpired(realm: Realm, token: AccessToken): void {
  token.removedAt = realm.now();
  const key = realm.newestKey(newestKeyOf(token));
  if (realm.newest.get(key) === token) realm.newest.delete(key);
}

/** Revokes the previous token pair when the new access token is first sent, as Doorkeeper does (measured). */
export function retirePrevious(realm: Realm, token: AccessToken): void {
  const { retires, firstUsedAt } = token;
  const previous = retires === undefined || firstUsedAt !== undefined ? undefined : realm.refreshTokens.get(retires);
  if (previous === undefined) return;
  if (token.refreshToken !== undefined) previous.replacedBy ??= token.refreshToken;
  const pair = [previous, realm.accessTokens.get(previous.accessToken)];
  for (const old of pair) if (old !== undefined) revokeToken(old, realm.now(), 'the new access token was used');
}

function countCall(realm: Realm, { token }: AccessToken): void {
  const limit = realm.policy.callsPerSecond;
  if (limit === Infinity) return;
  const second = realm.second();
  const rate = realm.callRates.get(token);
  const actual = rate?.second === second ? rate.calls + 1 : 1;
  realm.callRates.set(token, { second, calls: actual });
  if (actual > limit) throw refuse('resource.too-many-calls', { limit, actual });
}
