import type { TokenRequest } from './grants/grant.js';
import type { Grant } from './model.js';
import type { Realm } from './realm.js';

/** The flow of a grant: the request that began it, or the grant itself if it began without a request. */
export const flowOf = ({ startedBy, id }: Grant): string => startedBy ?? id;

/**
 * The grant of an access or refresh token, also of one that is expired, revoked or replaced. Undefined for an unknown
 * token.
 */
export function grantOfToken({ accessTokens, refreshTokens }: Realm, token: string | undefined): Grant | undefined {
  if (token === undefined) return undefined;
  return (accessTokens.get(token) ?? refreshTokens.get(token))?.grant;
}

/** The grant that a token request uses, also one that will be refused: that of its code or token. */
export function grantOfTokenRequest(
  realm: Realm,
  { code, refreshToken }: Pick<TokenRequest, 'code' | 'refreshToken'>,
): Grant | undefined {
  const known = code === undefined ? undefined : realm.codes.get(code);
  if (known !== undefined || refreshToken === undefined) return known?.grant;
  // some clients send their access token as the refresh token
  return realm.refreshTokens.get(refreshToken)?.grant ?? grantOfToken(realm, refreshToken);
}
