import { authenticateClient, identifyClient } from './client.js';
import { OAuthError, refuse } from './errors.js';
import { isAlive } from './issue.js';
import type { ClientRequest, KnownClient, PresentedCredentials } from './client.js';
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

/** Revokes an access token and the refresh token that was issued with it. */
export function revokePair(realm: Realm, access: AccessToken, because: string): void {
  const refresh = access.refreshToken === undefined ? undefined : realm.refreshTokens.get(access.refreshToken);
  for (const token of [access, refresh]) if (token !== undefined) revokeToken(token, realm.now(), because);
}

/** Deletes a client and revokes its grants. The tokens are kept as revoked tokens. */
export function forgetClient(realm: Realm, id: string): void {
  realm.clients.delete(id);
  revokeGrantsOf(realm, ({ clientId }) => clientId === id, 'its client was deleted');
}

/** Deletes a user and revokes their grants, so that a later user with the same id does not inherit tokens. */
export function forgetUser(realm: Realm, id: string): void {
  realm.deleteUser(id);
  revokeGrantsOf(realm, ({ userId }) => userId === id, 'its user was deleted');
}

function revokeGrantsOf(realm: Realm, matches: (grant: Grant) => boolean, because: string): void {
  const at = realm.now();
  for (const issued of [realm.codes, realm.accessTokens, realm.refreshTokens]) {
    for (const { grant } of issued.values()) if (matches(grant)) revokeGrant(grant, at, because);
  }
}

/** A parsed request to the revocation endpoint (RFC 7009 §2.1). */
export interface RevocationRequest extends ClientRequest {
  readonly token: string | undefined;
  /** `access_token`, `refresh_token` or anything else (RFC 7009 §2.1). */
  readonly tokenTypeHint: string | undefined;
}

/** The tokens that a text stands for: the one that was sent, and the one that was issued with it. */
export interface TokenPair {
  readonly access?: AccessToken | undefined;
  readonly refresh?: RefreshToken | undefined;
  /** One of the two. Undefined: the text is no token of this realm. */
  readonly sent?: AccessToken | RefreshToken | undefined;
}

/** Finds a token and the one that was issued with it. The policy `tokenTypeHint` says whether the hint limits it. */
export function findPair(realm: Realm, text: string, hint: string | undefined): TokenPair {
  const refreshAlone = hint === 'refresh_token' && realm.policy.tokenTypeHint === 'binding';
  const sentAccess = refreshAlone ? undefined : realm.accessTokens.get(text);
  if (sentAccess !== undefined) {
    const { refreshToken } = sentAccess;
    const refresh = refreshToken === undefined ? undefined : realm.refreshTokens.get(refreshToken);
    return { access: sentAccess, refresh, sent: sentAccess };
  }
  const refresh = realm.refreshTokens.get(text);
  return { access: refresh && realm.accessTokens.get(refresh.accessToken), refresh, sent: refresh };
}

/**
 * The revocation endpoint (RFC 7009 §2). Revokes the token and the token issued with it. An unknown token is not an
 * error (§2.2). Returns a note for the journal if a known token was not revoked, or none was sent.
 *
 * @throws client.*, revoke.token-missing, revoke.unauthorized
 */
export function revoke(realm: Realm, request: RevocationRequest): string | undefined {
  const { policy } = realm;
  const known = revokingClient(realm, request);
  if (request.token === undefined) {
    if (policy.tokenParameterMissing === 'refused') throw refuse('revoke.token-missing', {});
    return 'nothing was revoked: token was not sent';
  }

  const { access, refresh, sent } = findPair(realm, request.token, request.tokenTypeHint);
  if (sent === undefined) {
    const isAccessToken = realm.accessTokens.has(request.token);
    return isAccessToken
      ? 'nothing was revoked: token_type_hint was refresh_token, and the token is an access token'
      : undefined;
  }
  for (const token of [access, refresh]) {
    if (token !== undefined && known !== undefined) checkOwner(realm, token, known.client.id);
  }
  if (!policy.revokeExpired && access !== undefined && !isAlive(realm, access)) {
    return 'nothing was revoked: the access token of the pair has expired or was revoked already';
  }
  for (const token of [access, refresh]) {
    if (token !== undefined) revokeToken(token, realm.now(), 'its client revoked it');
  }
  return undefined;
}

/** The client that revokes. Undefined: it sent no credentials, and the policy requires none. */
function revokingClient(realm: Realm, request: ClientRequest): KnownClient | undefined {
  const { clientAtRevocation, revokeClientFailure } = realm.policy;
  const isOptional = clientAtRevocation === 'optional' && !request.credentials.some(authenticates);
  if (isOptional && request.credentials.length + request.credentialsElsewhere.length === 0) return undefined;
  const identify = isOptional ? identifyClient : authenticateClient;
  const known = revokeClientFailure === 'as-elsewhere' ? identify(realm, request) : knownClient(realm, request);
  if (known === undefined || (known.client.confidential && !known.authenticated && !isOptional)) {
    throw refuse('revoke.unauthorized', { clientId: known?.client.id });
  }
  return known;
}

/** Whether credentials are more than a client_id. */
const authenticates = ({ readings, assertion }: PresentedCredentials): boolean =>
  assertion !== undefined || readings.some(({ secret }) => secret !== undefined);

function checkOwner({ clients, policy }: Realm, { grant }: AccessToken | RefreshToken, clientId: string): void {
  if (grant.clientId === clientId) return;
  const isPublic = clients.get(grant.clientId)?.confidential === false;
  if (!isPublic || policy.revokePublicTokens === 'own-client') throw refuse('revoke.unauthorized', { clientId });
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
