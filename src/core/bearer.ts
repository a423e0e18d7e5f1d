import { refuse } from './errors.js';
import { revokeToken } from './revoke.js';
import type { AccessToken, BearerPlace, User } from './model.js';
import type { Realm } from './realm.js';

/** The access tokens found in a request to a protected resource (RFC 6750 §2). */
export interface BearerRequest {
  readonly presented: readonly { readonly place: BearerPlace; readonly token: string }[];
  /** Places that contain a token, but are not read under this policy. */
  readonly elsewhere: readonly string[];
  /** Why the Authorization header is not a bearer token; undefined if it is one or is missing. */
  readonly malformed: string | undefined;
}

/** A checked access token and its user. */
export interface Access {
  readonly token: AccessToken;
  readonly user: User | undefined;
}

/**
 * Checks the access token of a request (RFC 6750 §3.1).
 *
 * @throws bearer.*, resource.suspended, resource.too-many-calls
 */
export function checkBearer(realm: Realm, request: BearerRequest): Access {
  const token = findToken(realm, request);
  checkAlive(realm, token);
  retirePrevious(realm, token);
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
  const [first, second] = presented;
  if (first === undefined) throw refuse('bearer.missing', { elsewhere });
  if (second !== undefined) throw refuse('bearer.twice', { places: presented.map(({ place }) => place) });
  const token = realm.accessTokens.get(first.token);
  if (token === undefined) throw refuse('bearer.unknown', { token: first.token });
  return token;
}

function checkAlive(realm: Realm, token: AccessToken): void {
  const revokedAt = token.revokedAt ?? token.grant.revokedAt;
  if (revokedAt !== undefined) {
    throw refuse('bearer.revoked', {
      at: revokedAt,
      because: token.revokedBecause ?? token.grant.revokedBecause ?? 'revoked',
      token: token.token,
    });
  }
  const now = realm.checkedAt();
  if (realm.policy.accessTokenExpiryChecked && now >= token.expiresAt) {
    throw refuse('bearer.expired', { at: token.expiresAt, now, token: token.token });
  }
}

/** Revokes the previous token pair at the first use of the new access token, as Doorkeeper does (measured). */
function retirePrevious(realm: Realm, token: AccessToken): void {
  if (token.firstUsedAt !== undefined) return;
  token.firstUsedAt = realm.now();
  const previous = token.retires === undefined ? undefined : realm.refreshTokens.get(token.retires);
  if (previous === undefined) return;
  const pair = [previous, realm.accessTokens.get(previous.accessToken)];
  for (const old of pair) if (old !== undefined) revokeToken(old, token.firstUsedAt, 'the new access token was used');
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
