import type { AccessToken, Grant, GrantType, Instant, IssuedTokens, RefreshToken } from './model.js';
import type { Realm } from './realm.js';

export interface IssueOptions {
  readonly grant: Grant;
  /** The grant that the request came by, which on a refresh is not the family's own. */
  readonly grantType: GrantType;
  readonly scopes: readonly string[];
  /** A refresh that narrows the scope narrows the access token alone (RFC 6749 §6). */
  readonly refreshScopes?: readonly string[];
  readonly at: Instant;
  /** The refresh token that goes on living. */
  readonly keep?: RefreshToken;
  /** The refresh token whose pair dies at the first use of the new access token. */
  readonly retires?: string;
  /** A new pair is wanted, even where the policy hands out a live one again. */
  readonly anew?: boolean;
}

/** Mints an access token and, where the grant and the policy allow one, a refresh token. */
export function issueTokens(realm: Realm, options: IssueOptions): IssuedTokens {
  const { grant, grantType, scopes, at } = options;
  const reused = options.anew === true ? undefined : findReusable(realm, options);
  if (reused !== undefined) return { grantType, accessToken: reused, refreshToken: refreshTokenOf(realm, reused), at };

  const inherited = options.anew === true ? undefined : heirloom(realm, options);
  const refreshToken = options.keep ?? inherited ?? newRefreshToken(realm, options);
  const accessToken: AccessToken = {
    token: realm.generate.accessToken(),
    grant,
    scopes,
    issuedAt: at,
    expiresAt: at + realm.policy.accessTokenSeconds * 1000,
    refreshToken: refreshToken?.token,
    retires: options.retires,
  };
  realm.accessTokens.set(accessToken.token, accessToken);
  if (realm.policy.accessTokenReused || realm.policy.consent !== 'always') {
    realm.newest.set(realm.newestKey(grant.clientId, grant.userId, scopes), accessToken);
  }
  if (refreshToken !== undefined) refreshToken.accessToken = accessToken.token;
  return { grantType, accessToken, refreshToken, at };
}

function newRefreshToken(realm: Realm, { grant, scopes, refreshScopes, at }: IssueOptions): RefreshToken | undefined {
  if (grant.type === 'client_credentials' || !realm.policy.refreshTokenIssued) return undefined;
  const token: RefreshToken = {
    token: realm.generate.refreshToken(),
    grant,
    scopes: refreshScopes ?? scopes,
    issuedAt: at,
    expiresAt: at + realm.policy.refreshTokenSeconds * 1000,
    accessToken: '',
  };
  realm.refreshTokens.set(token.token, token);
  return token;
}

/** Spring's stock token services answer the same live token to the same client, user and scopes. */
function findReusable(realm: Realm, { grant, grantType, scopes }: IssueOptions): AccessToken | undefined {
  if (!realm.policy.accessTokenReused || grantType === 'refresh_token') return undefined;
  const token = realm.newest.get(realm.newestKey(grant.clientId, grant.userId, scopes));
  return token !== undefined && isAlive(realm, token) ? token : undefined;
}

/** Under the same policy, the refresh token of a dead access token is handed on while it lives. */
function heirloom(realm: Realm, { grant, grantType, scopes }: IssueOptions): RefreshToken | undefined {
  if (!realm.policy.accessTokenReused || grantType === 'refresh_token') return undefined;
  const previous = realm.newest.get(realm.newestKey(grant.clientId, grant.userId, scopes));
  const token = previous && refreshTokenOf(realm, previous);
  return token !== undefined && isAlive(realm, token) ? token : undefined;
}

function refreshTokenOf(realm: Realm, { refreshToken }: AccessToken): RefreshToken | undefined {
  return refreshToken === undefined ? undefined : realm.refreshTokens.get(refreshToken);
}

/** Whether a token would be accepted at this moment. */
export function isAlive(realm: Realm, token: AccessToken | RefreshToken): boolean {
  if (token.revokedAt !== undefined || token.grant.revokedAt !== undefined) return false;
  if ('replacedAt' in token) return false;
  return realm.checkedAt() < token.expiresAt;
}

export type TokenStatus = 'live' | 'expired' | 'revoked' | 'replaced';

/** What became of a token, in one word. */
export function statusOf(realm: Realm, token: AccessToken | RefreshToken): TokenStatus {
  if (isAlive(realm, token)) return 'live';
  if (token.revokedAt !== undefined || token.grant.revokedAt !== undefined) return 'revoked';
  return 'replacedAt' in token ? 'replaced' : 'expired';
}

/** Seconds that an access token has left at the time of an answer, as `expires_in` tells them (RFC 6749 §5.1). */
export function secondsLeft({ accessToken, at }: IssuedTokens): number {
  return Math.max(0, Math.floor((accessToken.expiresAt - at) / 1000));
}
