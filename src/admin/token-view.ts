import { statusOf } from '../core/issue.js';
import { fingerprint } from '../world/journal/fingerprint.js';
import { writeInstant, writeInstantOrNever } from './instant.js';
import type { AccessToken, RefreshToken } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { JsonSource } from './json-source.js';
import type { TokenInfo } from './schemas/tokens.js';

/** Describes a token of either kind. `fingerprintKey` is that of its world. */
export function tokenView(
  realm: Realm,
  token: AccessToken | RefreshToken,
  fingerprintKey: string,
): JsonSource<TokenInfo> {
  const common = { ...commonView(realm, token), fingerprint: fingerprint(token.token, fingerprintKey) };
  return 'accessToken' in token ? refreshTokenView(common, token) : accessTokenView(common, token);
}

type CommonView = Omit<JsonSource<TokenInfo>, 'kind' | 'partner' | 'firstUsedAt' | 'replacedBy'>;

function accessTokenView(common: CommonView, token: AccessToken): JsonSource<TokenInfo> {
  return {
    kind: 'access',
    ...common,
    firstUsedAt: token.firstUsedAt === undefined ? undefined : writeInstant(token.firstUsedAt),
    partner: token.refreshToken ?? null,
  };
}

function refreshTokenView(common: CommonView, token: RefreshToken): JsonSource<TokenInfo> {
  return { kind: 'refresh', ...common, partner: token.accessToken, replacedBy: token.replacedBy };
}

function commonView(realm: Realm, token: AccessToken | RefreshToken): Omit<CommonView, 'fingerprint'> {
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
