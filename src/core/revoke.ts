import { identifyClient } from './client.js';
import { OAuthError, refuse } from './errors.js';
import type { ClientRequest, KnownClient } from './client.js';
import type { AccessToken, Grant, Instant, RefreshToken } from './model.js';
import type { Realm } from './realm.js';

/** Revokes all codes and tokens of a grant. Each of them refers to its grant, so this is one write. */
export function revokeGrant(grant: Grant, at: Instant, because: string): void {
  grant.revokedAt ??= at;
  grant.revokedBecause ??= because;
}

/** Revokes one token. */
export function revokeToken(token: AccessToken | RefreshToken, at: Instant, because: string): void {
  token.revokedAt ??= at;
  token.revokedBecause ??= because;
}

/** Deletes a client and revokes its grants. The tokens are kept as revoked tokens. */
export function forgetClient(realm: Realm, id: string): void {
  realm.clients.delete(id);
  revokeGrantsOf(realm, ({ clientId }) => clientId === id, 'its client was deleted');
}

/** Deletes a user and revokes their grants, so that a later user with the same id does not inherit tokens. */
export function forgetUser(realm: Realm, id: string): void {
  realm.users.delete(id);
  revokeGrantsOf(realm, ({ userId }) => userId === id, 'its user was deleted');
}

function revokeGrantsOf(realm: Realm, matches: (grant: Grant) => boolean, because: string): void {
  const at = realm.now();
  for (const issued of [realm.codes, realm.accessTokens, realm.refreshTokens]) {
    for (const { grant } of issued.values()) if (matches(grant)) revokeGrant(grant, at, because);
  }
}

/** A parsed request to the revocation or introspection endpoint (RFC 7009 §2.1, RFC 7662 §2.1). */
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

/** The client, or undefined if its authentication fails: every such failure becomes `revoke.unauthorized`. */
function knownClient(realm: Realm, request: ClientRequest): KnownClient | undefined {
  try {
    return identifyClient(realm, request);
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}
