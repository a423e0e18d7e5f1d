import { mayHaveRefreshToken } from './refresh-conditions.js';
import { beginIdleTime, lastEnd } from './refresh-life.js';
import { newestKeyOf } from './newest-key.js';
import type {
  AccessToken,
  AuthorizationCode,
  Grant,
  GrantType,
  Instant,
  IssuedPair,
  IssuedTokens,
  RefreshToken,
} from './model.js';
import type { Realm } from './realm.js';

/** What tokens to issue, and when. */
export interface IssueOptions {
  readonly grant: Grant;
  /** The grant type of this request. On a refresh it differs from the type of `grant`. */
  readonly grantType: GrantType;
  readonly scopes: readonly string[];
  /** Scopes of the refresh token, if they differ: a refresh narrows only the access token (RFC 6749 §6). */
  readonly refreshScopes?: readonly string[];
  readonly at: Instant;
  /** The refresh token to return again instead of a new one. */
  readonly keep?: RefreshToken;
  /** The refresh token to revoke, with its access token, at the first use of the new access token. */
  readonly retires?: string;
  /** Issues a new pair even if the policy reuses a live one (`accessTokenReused`). */
  readonly anew?: boolean;
  /** Issues one access token: the first one, where an answer would have two. */
  readonly oneOnly?: boolean;
  /** Issues a second access token. Of a refresh: as the refresh token. */
  readonly isSecond?: true | undefined;
}

/**
 * Issues an access token and, if grant and policy allow it, a refresh token; if the provider has a second
 * access token, that too where the grant buys it.
 */
export function issueTokens(realm: Realm, options: IssueOptions): IssuedTokens {
  const { grantType, at } = options;
  const { secondTokens } = realm;
  // a refresh gives a second access token for the refresh token of one, and no other
  if (secondTokens === undefined || grantType === 'refresh_token' || !secondTokens.isDue(realm, options)) {
    return { grantType, at, ...issuePair(realm, options) };
  }
  const ofSecond = { ...options, scopes: secondTokens.scopes(realm, options), isSecond: true } as const;
  if (secondTokens.isAlone(realm, options)) return { grantType, at, ...issuePair(realm, ofSecond) };
  if (options.oneOnly === true) return { grantType, at, ...issuePair(realm, options) };
  return { grantType, at, ...issuePair(realm, options), second: issuePair(realm, { ...ofSecond, anew: true }) };
}

function issuePair(realm: Realm, options: IssueOptions): IssuedPair {
  const { grant, scopes, at } = options;
  const reused = options.anew === true ? undefined : findReusable(realm, options);
  if (reused !== undefined) return { accessToken: reused, refreshToken: refreshTokenOf(realm, reused) };

  const inherited = options.anew === true ? undefined : findReusableRefreshToken(realm, options);
  const refreshToken = options.keep ?? inherited ?? newRefreshToken(realm, options);
  const { accessToken: generate, secondToken = generate } = realm.generate;
  const accessToken: AccessToken = {
    token: options.isSecond === true ? secondToken() : generate(),
    grant,
    scopes,
    issuedAt: at,
    expiresAt: at + realm.policy.accessTokenSeconds * 1000,
    refreshToken: refreshToken?.token,
    retires: options.retires,
  };
  if (options.isSecond === true) accessToken.isSecond = true;
  realm.accessTokens.set(accessToken.token, accessToken);
  if (realm.policy.accessTokenReused || realm.policy.consent !== 'always') {
    realm.newest.set(realm.newestKey(newestKeyOf(accessToken)), accessToken);
  }
  if (refreshToken !== undefined) refreshToken.accessToken = accessToken.token;
  return { accessToken, refreshToken };
}

function newRefreshToken(realm: Realm, options: IssueOptions): RefreshToken | undefined {
  const { grant, grantType, scopes, refreshScopes, at } = options;
  const { refreshTokenIssued, refreshTokenForClientCredentials } = realm.policy;
  if (!refreshTokenIssued) return undefined;
  if (grant.type === 'client_credentials' && !refreshTokenForClientCredentials) return undefined;
  // who refreshes has shown a refresh token of this grant
  if (grantType !== 'refresh_token' && !mayHaveRefreshToken(realm, grant)) return undefined;
  const token: RefreshToken = {
    token: realm.generate.refreshToken(),
    grant,
    scopes: refreshScopes ?? scopes,
    issuedAt: at,
    expiresAt: lastEnd(realm.policy, grant, at),
    accessToken: '',
    // set later: V8 uses less memory if the member exists from the start
    issuedBy: undefined,
    firstUsedAt: undefined,
  };
  if (options.isSecond === true) token.isSecond = true;
  beginIdleTime(realm.policy, token, at);
  realm.refreshTokens.set(token.token, token);
  return token;
}

/** Finds the live token of the same client, user and scopes. Spring's default token services return it again. */
function findReusable(realm: Realm, options: IssueOptions): AccessToken | undefined {
  const token = previousOf(realm, options);
  return token !== undefined && isAlive(realm, token) ? token : undefined;
}

/** Under the same policy, finds the live refresh token of an access token that is no longer live. */
function findReusableRefreshToken(realm: Realm, options: IssueOptions): RefreshToken | undefined {
  const previous = previousOf(realm, options);
  const token = previous && refreshTokenOf(realm, previous);
  return token !== undefined && isAlive(realm, token) ? token : undefined;
}

/** The newest access token of the same client, user and scopes, if the policy reuses tokens and this is no refresh. */
function previousOf(realm: Realm, options: IssueOptions): AccessToken | undefined {
  if (!realm.policy.accessTokenReused || options.grantType === 'refresh_token') return undefined;
  const previous = realm.newest.get(realm.newestKey(newestKeyOf(options)));
  // second access tokens of the same granted scopes can have different ones
  const haveSameScopes = previous !== undefined && realm.newestKey(previous) === realm.newestKey(options);
  return haveSameScopes ? previous : undefined;
}

function refreshTokenOf(realm: Realm, { refreshToken }: AccessToken): RefreshToken | undefined {
  return refreshToken === undefined ? undefined : realm.refreshTokens.get(refreshToken);
}

/** Whether a token is valid now: not expired, revoked or replaced. */
export function isAlive(realm: Realm, token: AccessToken | RefreshToken): boolean {
  if (token.revokedAt !== undefined || token.grant.revokedAt !== undefined) return false;
  if ('replacedAt' in token || token.removedAt !== undefined) return false;
  return realm.checkedAt() < token.expiresAt;
}

/** The states of a token. */
export type TokenStatus = 'live' | 'expired' | 'revoked' | 'replaced';

/** The state of a token now. */
export function statusOf(realm: Realm, token: AccessToken | RefreshToken): TokenStatus {
  if (isAlive(realm, token)) return 'live';
  if (token.revokedAt !== undefined || token.grant.revokedAt !== undefined) return 'revoked';
  return 'replacedAt' in token ? 'replaced' : 'expired';
}

/** The state of an authorization code. */
export type CodeStatus = 'live' | 'spent' | 'expired' | 'revoked';

/** The state of an authorization code now. */
export function codeStatusOf(realm: Realm, { grant, spentAt, expiresAt }: AuthorizationCode): CodeStatus {
  if (spentAt !== undefined) return 'spent';
  if (grant.revokedAt !== undefined) return 'revoked';
  return realm.checkedAt() < expiresAt ? 'live' : 'expired';
}

/** Remaining lifetime of an access token at the time of an answer, in seconds: `expires_in` (RFC 6749 §5.1). */
export function secondsLeft({ accessToken, at }: IssuedTokens): number {
  return Math.max(0, Math.floor((accessToken.expiresAt - at) / 1000));
}
