import type { TokenRequest } from './grants/grant.js';
import type { Grant } from './model.js';
import type { Realm } from './realm.js';

/** The flow of a grant: the request that began it, or the grant itself if it began without a request. */
export const flowOf = ({ startedBy, id }: Grant): string => startedBy ?? id;

/**
 * The flow of an access or refresh token, also of one that is expired, revoked or replaced. Undefined if the realm does
 * not know it.
 */
export function flowOfToken({ accessTokens, refreshTokens }: Realm, token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const known = accessTokens.get(token) ?? refreshTokens.get(token);
  return known === undefined ? undefined : flowOf(known.grant);
}

/** The flow of a token request, also of one that will be refused: that of its code or token, or one that it begins. */
export function flowOfTokenRequest(
  realm: Realm,
  { startedBy, code, refreshToken }: Pick<TokenRequest, 'startedBy' | 'code' | 'refreshToken'>,
): string | undefined {
  if (startedBy !== undefined) return startedBy;
  const known = code === undefined ? undefined : realm.codes.get(code);
  return known === undefined ? flowOfToken(realm, refreshToken) : flowOf(known.grant);
}
