import { authenticateClient } from './client.js';
import { OAuthError, refuse } from './errors.js';
import { isAlive } from './issue.js';
import type { RevocationRequest } from './revoke.js';
import type { AccessToken, RefreshToken } from './model.js';
import type { Realm } from './realm.js';

/**
 * The introspection endpoint (RFC 7662 §2). Returns the token if it is active; undefined if it is inactive or unknown.
 *
 * @throws introspect.unauthorized, introspect.token-missing
 */
export function introspect(realm: Realm, request: RevocationRequest): AccessToken | RefreshToken | undefined {
  try {
    authenticateClient(realm, request);
  } catch (error) {
    if (error instanceof OAuthError) throw refuse('introspect.unauthorized', {});
    throw error;
  }
  if (request.token === undefined) throw refuse('introspect.token-missing', {});
  const token = realm.accessTokens.get(request.token) ?? realm.refreshTokens.get(request.token);
  return token !== undefined && isAlive(realm, token) ? token : undefined;
}
