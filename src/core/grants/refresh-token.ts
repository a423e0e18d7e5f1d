import { refuse } from '../errors.js';
import { issueTokens } from '../issue.js';
import { revokeGrant, revokeToken } from '../revoke.js';
import { narrowScopes } from '../scope.js';
import type { Instant, IssuedTokens, RefreshRotation, RefreshToken } from '../model.js';
import type { Realm } from '../realm.js';
import type { GrantRule, TokenRequest } from './grant.js';

/** RFC 6749 §6: exchanges a refresh token for an access token and, by the rotation policy, a new refresh token. */
export const refreshToken: GrantRule = {
  check(realm, request) {
    if (request.refreshToken === undefined) throw refuse('refresh.missing', {});
    // With this policy an unknown token is reported before a wrong secret (measured with Doorkeeper).
    if (realm.policy.tokenChecksFirst === 'parameters') findToken(realm, request);
  },

  redeem(realm, request, known) {
    const token = findToken(realm, request);
    const ownerId = token.grant.clientId;
    if (known?.client.id !== ownerId) {
      throw refuse('refresh.other-client', { clientId: String(known?.client.id), ownerId, refreshToken: token.token });
    }
    checkAlive(realm, token);
    const scopes = narrowScopes(realm, token.scopes, request.scope);
    const at = realm.now();
    return rotations[realm.policy.refreshRotation](realm, token, scopes, at);
  },
};

function findToken(realm: Realm, request: TokenRequest): RefreshToken {
  const token = realm.refreshTokens.get(String(request.refreshToken));
  if (token === undefined) throw refuse('refresh.unknown', { refreshToken: String(request.refreshToken) });
  return token;
}

function checkAlive(realm: Realm, token: RefreshToken): void {
  const { policy } = realm;
  const refreshToken = token.token;
  if (token.replacedAt !== undefined) {
    const familyRevoked = policy.refreshRotation === 'reuse-revokes-family';
    if (familyRevoked) revokeGrant(token.grant, realm.now(), 'a replaced refresh token was used again');
    throw refuse('refresh.replaced', { at: token.replacedAt, familyRevoked, refreshToken });
  }
  const revokedAt = token.revokedAt ?? token.grant.revokedAt;
  if (revokedAt !== undefined) {
    throw refuse('refresh.revoked', {
      at: revokedAt,
      because: token.revokedBecause ?? token.grant.revokedBecause ?? 'revoked',
      refreshToken,
    });
  }
  const now = realm.checkedAt();
  if (now >= token.expiresAt) throw refuse('refresh.expired', { at: token.expiresAt, now, refreshToken });
}

type Rotation = (realm: Realm, token: RefreshToken, scopes: readonly string[], at: Instant) => IssuedTokens;

/** Replaces the refresh token. Whether a later use of the old one revokes the family is decided in `checkAlive`. */
const replace: Rotation = (realm, token, scopes, at) => {
  endAccessToken(realm, token, at);
  const issued = issueTokens(realm, {
    grant: token.grant,
    grantType: 'refresh_token',
    scopes,
    refreshScopes: token.scopes,
    at,
  });
  if (issued.refreshToken !== undefined) {
    token.replacedAt = at;
    token.replacedBy = issued.refreshToken.token;
  }
  return issued;
};

const rotations: Record<RefreshRotation, Rotation> = {
  keep(realm, token, scopes, at) {
    endAccessToken(realm, token, at);
    return issueTokens(realm, { grant: token.grant, grantType: 'refresh_token', scopes, keep: token, at });
  },
  rotate: replace,
  'reuse-revokes-family': replace,
  // The old pair stays valid until the new access token is first used at an API: see bearer.ts.
  'retire-previous-on-first-use': (realm, token, scopes, at) =>
    issueTokens(realm, {
      grant: token.grant,
      grantType: 'refresh_token',
      scopes,
      refreshScopes: token.scopes,
      retires: token.token,
      at,
    }),
};

function endAccessToken(realm: Realm, token: RefreshToken, at: Instant): void {
  if (!realm.policy.refreshRevokesAccessToken) return;
  const old = realm.accessTokens.get(token.accessToken);
  if (old !== undefined) revokeToken(old, at, 'a refresh replaced it');
}
