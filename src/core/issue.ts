import type { AccessToken, Grant, GrantType, Instant, IssuedTokens, RefreshToken } from './model.js';
import type { Realm } from './realm.js';

export interface IssueOptions {
  readonly grant: Grant;
  /** The grant type of this request. On a refresh it differs from the grant type of the token family. */
  readonly grantType: GrantType;
  readonly scopes: readonly string[];
  /** Scopes of the access token. A refresh can narrow them; the refresh token keeps its own (RFC 6749 §6). */
  readonly refreshScopes?: readonly string[];
  readonly at: Instant;
  /** A refresh token to return again instead of a new one. */
  readonly keep?: RefreshToken;
  /** The refresh token whose pair is revoked when the new access token is first used. */
  readonly retires?: string;
  /** Issue a new pair even if the policy returns an existing valid one. */
  readonly anew?: boolean;
}

/** Issues an access token and, if the grant and the policy allow it, a refresh token. */
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

/** Spring returns the existing valid token to the same client, user and scopes. */
function findReusable(realm: Realm, { grant, grantType, scopes }: IssueOptions): AccessToken | undefined {
  if (!realm.policy.accessTokenReused || grantType === 'refresh_token') return undefined;
  const token = realm.newest.get(realm.newestKey(grant.clientId, grant.userId, scopes));
  return token !== undefined && isAlive(realm, token) ? token : undefined;
}

/** Under the same policy, the refresh token of an expired access token is returned again while it is valid. */
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

/** The status of a token. */
export function statusOf(realm: Realm, token: AccessToken | RefreshToken): TokenStatus {
  if (isAlive(realm, token)) return 'live';
  if (token.revokedAt !== undefined || token.grant.revokedAt !== undefined) return 'revoked';
  return 'replacedAt' in token ? 'replaced' : 'expired';
}

/**
 * The remaining lifetime of an access token at the time of the answer, in seconds: the value of `expires_in` (RFC 6749
 * §5.1).
 */
export function secondsLeft({ accessToken, at }: IssuedTokens): number {
  return Math.max(0, Math.floor((accessToken.expiresAt - at) / 1000));
}
