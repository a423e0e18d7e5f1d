import { statusOf } from '../core/issue.js';
import { writeInstant, writeInstantOrNever } from './instant.js';
import type { AccessToken, RefreshToken } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { JsonSource } from './json-source.js';
import type { TokenInfo } from './schemas/tokens.js';

/** Describes a token of either kind. */
export function tokenView(realm: Realm, token: AccessToken | RefreshToken): JsonSource<TokenInfo> {
  return 'accessToken' in token ? refreshTokenView(realm, token) : accessTokenView(realm, token);
}

function accessTokenView(realm: Realm, token: AccessToken): JsonSource<TokenInfo> {
  return {
    kind: 'access',
    ...commonView(realm, token),
    firstUsedAt: token.firstUsedAt === undefined ? undefined : writeInstant(token.firstUsedAt),
    partner: token.refreshToken ?? null,
  };
}

function refreshTokenView(realm: Realm, token: RefreshToken): JsonSource<TokenInfo> {
  return { kind: 'refresh', ...commonView(realm, token), partner: token.accessToken, replacedBy: token.replacedBy };
}

function commonView(
  realm: Realm,
  token: AccessToken | RefreshToken,
): Omit<JsonSource<TokenInfo>, 'kind' | 'partner' | 'firstUsedAt' | 'replacedBy'> {
  const { grant } = token;
  const revokedAt = token.revokedAt ?? grant.revokedAt;
  return {
    token: token.token,
    status: statusOf(realm, token),
    clientId: grant.clientId,
    userId: grant.userId ?? null,
    scopes: token.scopes,
    grantId: grant.id,
    issuedAt: writeInstant(token.issuedAt),
    expiresAt: writeInstantOrNever(token.expiresAt),
    revokedAt: revokedAt === undefined ? undefined : writeInstant(revokedAt),
    because: token.revokedBecause ?? grant.revokedBecause,
  };
}
