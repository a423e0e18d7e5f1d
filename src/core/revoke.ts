import { identifyClient } from './client.js';
import { OAuthError, refuse } from './errors.js';
import type { ClientRequest, KnownClient } from './client.js';
import type { AccessToken, Grant, Instant, RefreshToken } from './model.js';
import type { Realm } from './realm.js';

/** Revokes a whole token family. Each token checks its grant, so no token has to be changed. */
export function revokeGrant(grant: Grant, at: Instant, because: string): void {
  grant.revokedAt ??= at;
  grant.revokedBecause ??= because;
}

/** Revokes one token. */
export function revokeToken(token: AccessToken | RefreshToken, at: Instant, because: string): void {
  token.revokedAt ??= at;
  token.revokedBecause ??= because;
}

/**
 * Removes a client and revokes its grants. Its tokens are kept, so that they can be distinguished from unknown ones.
 */
export function forgetClient(realm: Realm, id: string): void {
  realm.clients.delete(id);
  revokeGrantsOf(realm, ({ clientId }) => clientId === id, 'its client was deleted');
}

/** Removes a user and revokes their grants, so that a later user with the same id gets none of their tokens. */
export function forgetUser(realm: Realm, id: string): void {
  realm.users.delete(id);
  revokeGrantsOf(realm, ({ userId }) => userId === id, 'its user was deleted');
}

function revokeGrantsOf(realm: Realm, isMeant: (grant: Grant) => boolean, because: string): void {
  const at = realm.now();
  for (const issued of [realm.codes, realm.accessTokens, realm.refreshTokens]) {
    for (const { grant } of issued.values()) if (isMeant(grant)) revokeGrant(grant, at, because);
  }
}

export interface RevocationRequest extends ClientRequest {
  readonly token: string | undefined;
}

/**
 * The revocation endpoint (RFC 7009 §2). Revokes the token and the token issued with it. An unknown token is not an
 * error (§2.2).
 *
 * @throws revoke.token-missing, revoke.unauthorized
 */
export function revoke(realm: Realm, request: RevocationRequest): void {
  const known = knownClient(realm, request);
  const clientId = known?.client.id;
  if (known === undefined || (known.client.confidential && !known.authenticated)) {
    throw refuse('revoke.unauthorized', { clientId });
  }
  if (request.token === undefined) throw refuse('revoke.token-missing', {});

  const access = realm.accessTokens.get(request.token);
  const refresh =
    realm.refreshTokens.get(request.token) ??
    (access?.refreshToken === undefined ? undefined : realm.refreshTokens.get(access.refreshToken));
  const pair = [access ?? (refresh && realm.accessTokens.get(refresh.accessToken)), refresh];
  for (const token of pair) {
    if (token === undefined) continue;
    if (token.grant.clientId !== clientId) throw refuse('revoke.unauthorized', { clientId });
    revokeToken(token, realm.now(), 'its client revoked it');
  }
}

/** Any failed client authentication at this endpoint is `revoke.unauthorized`. */
function knownClient(realm: Realm, request: ClientRequest): KnownClient | undefined {
  try {
    return identifyClient(realm, request);
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}
