import { refuse } from './errors.js';
import { isAlive } from './issue.js';
import { readChallenge } from './pkce.js';
import { malformation, matches, nearest } from './redirect-uri.js';
import { openGrant } from './realm.js';
import { resolveScopes } from './scope.js';
import type { Approval, Authorization, AuthorizationRequest, Denial } from './authorization.js';
import type { AuthorizationCode, Client, User } from './model.js';
import type { Realm } from './realm.js';

/**
 * Finds the client and checks the redirect URI. A refusal is sent by redirect only after both are trusted
 * (RFC 6749 §4.1.2.1).
 *
 * @throws authorize.client-*, authorize.secret-wrong, authorize.redirect-uri-*
 */
export function findTarget(realm: Realm, request: AuthorizationRequest): { client: Client; redirectUri: string } {
  if (request.clientId === undefined) throw refuse('authorize.client-missing', {});
  const client = registered(realm, request.clientId);
  if (request.clientSecret !== undefined && request.clientSecret !== client.secret) {
    throw refuse('authorize.secret-wrong', { clientId: client.id });
  }
  return { client, redirectUri: chooseRedirectUri(realm, client, request.redirectUri) };
}

/**
 * Finds a client by its id. A client can be deleted while its consent page is open.
 *
 * @throws authorize.client-unknown
 */
export function registered(realm: Realm, clientId: string): Client {
  const client = realm.clients.get(clientId);
  if (client === undefined) throw refuse('authorize.client-unknown', { clientId, known: [...realm.clients.keys()] });
  return client;
}

function chooseRedirectUri(realm: Realm, client: Client, received: string | undefined): string {
  const registered = client.redirectUris;
  if (received === undefined) {
    const [only, ...others] = registered;
    if (only === undefined || others.length > 0 || realm.policy.redirectUriRequired === 'always') {
      throw refuse('authorize.redirect-uri-missing', { registered });
    }
    return only;
  }
  const detail = malformation(received);
  if (detail !== undefined) throw refuse('authorize.redirect-uri-malformed', { received, detail, registered });
  if (!registered.some((uri) => matches(realm.policy.redirectUriMatching, uri, received))) {
    throw refuse('authorize.redirect-uri-unregistered', {
      received,
      registered,
      nearest: nearest(registered, received),
    });
  }
  return received;
}

/**
 * Checks the rest of the request. These refusals may be sent to the redirect URI.
 *
 * @throws authorize.response-type-*, authorize.grant-unauthorized, scope.*, pkce.*
 */
export function checkAuthorization(
  realm: Realm,
  request: AuthorizationRequest,
  { client, redirectUri }: { client: Client; redirectUri: string },
): Authorization {
  if (request.responseType === undefined) throw refuse('authorize.response-type-missing', {});
  if (request.responseType !== 'code') {
    throw refuse('authorize.response-type-unsupported', { responseType: request.responseType });
  }
  const allowed = client.grants ?? realm.policy.grants;
  if (!allowed.includes('authorization_code')) {
    throw refuse('authorize.grant-unauthorized', { clientId: client.id, allowed });
  }
  const challenge = readChallenge(realm.policy, request.codeChallenge, request.codeChallengeMethod);
  const scopes = resolveScopes(realm, client, 'authorization_code', request.scope);
  return {
    client,
    redirectUri,
    redirectUriSent: request.redirectUri !== undefined,
    state: request.state,
    scopes,
    challenge,
  };
}

/**
 * Issues a code after the user approved (RFC 6749 §4.1.2), bound to client, redirect_uri and user. `scopes` may be
 * fewer than the request asked for.
 */
export function approve(
  realm: Realm,
  authorization: Authorization,
  user: User,
  scopes: readonly string[] = authorization.scopes,
): Approval {
  const { client, redirectUri, redirectUriSent, state, challenge } = authorization;
  const at = realm.now();
  const grant = openGrant(realm, { type: 'authorization_code', client, user, scopes, at });
  const code: AuthorizationCode = {
    code: realm.generate.code(),
    grant,
    redirectUri,
    redirectUriSent,
    challenge,
    issuedAt: at,
    expiresAt: at + realm.policy.codeSeconds * 1000,
  };
  realm.codes.set(code.code, code);
  return { code, state, redirectUri };
}

/** The answer after the user denied (RFC 6749 §4.1.2.1, access_denied). */
export function deny({ redirectUri, state }: Authorization, user: User): Denial {
  return { error: refuse('authorize.denied', { username: user.username }), state, redirectUri };
}

/** Whether the client has a live token of this user for the same scopes. Doorkeeper then skips the consent page. */
export function hasLiveToken(realm: Realm, { client, scopes }: Authorization, user: User): boolean {
  const token = realm.newest.get(realm.newestKey(client.id, user.id, scopes));
  return token !== undefined && isAlive(realm, token);
}
