import { refuse } from './errors.js';
import { isAlive } from './issue.js';
import { readChallenge } from './pkce.js';
import { matches } from './redirect-matching.js';
import { readRedirectUri } from './redirect-uri.js';
import { nearest } from './redirect-uri-difference.js';
import { newestKeyOf } from './newest-key.js';
import { openGrant } from './realm.js';
import { hasAccess } from './refresh-conditions.js';
import { resolveScopes } from './scope.js';
import { checkParameters, checkKept } from './step-parameters.js';
import type { Approval, Authorization, AuthorizationRequest, Denial } from './authorization.js';
import type { AccessToken, AuthorizationCode, Client, User } from './model.js';
import type { Policy, ResponseMode } from './policy.js';
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
  const secret = realm.policy.secretAtAuthorize === 'checked' ? request.clientSecret : undefined;
  if (secret !== undefined && secret !== client.secret) {
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
  const { redirectUriMatching: matching } = realm.policy;
  const { uri, malformed: detail } = readRedirectUri(matching, received);
  if (detail !== undefined) throw refuse('authorize.redirect-uri-malformed', { received, detail, registered });
  if (!registered.some((known) => matches(matching, known, uri))) {
    throw refuse('authorize.redirect-uri-unregistered', {
      received,
      registered,
      nearest: nearest(matching, registered, received),
      matching,
    });
  }
  return uri;
}

/**
 * Checks the rest of the request. These refusals may be sent to the redirect URI.
 *
 * @throws authorize.response-*, authorize.grant-unauthorized, authorize.parameters-too-long, scope.*, pkce.*,
 * request.parameter-missing, request.parameter-unsupported
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
  const responseMode = readResponseMode(realm.policy, request.responseMode);
  const allowed = client.grants ?? realm.policy.grants;
  if (!allowed.includes('authorization_code')) {
    throw refuse('authorize.grant-unauthorized', { clientId: client.id, allowed });
  }
  const challenge = readChallenge(realm.policy, client, {
    value: request.codeChallenge,
    method: request.codeChallengeMethod,
  });
  const scopes = resolveScopes(realm, client, 'authorization_code', request.scope);
  const parameters = checkParameters(realm, 'authorize', request.parameters);
  return {
    client,
    redirectUri,
    redirectUriSent: request.redirectUri !== undefined,
    state: request.state,
    responseMode,
    scopes,
    scopeSent: request.scope,
    challenge,
    parameters: checkKept(parameters),
    startedBy: request.startedBy,
  };
}

/** The response mode of a refusal of this request: `query` if it asks for no other, or for one that is not known. */
export function responseModeOf({ responseModes }: Policy, { responseMode }: AuthorizationRequest): ResponseMode {
  return responseModes.find((mode) => mode === responseMode) ?? 'query';
}

/** RFC 6749 §3.1: a server that does not know a parameter ignores it. */
function readResponseMode(policy: Policy, received: string | undefined): ResponseMode {
  const { responseModes: allowed } = policy;
  if (received === undefined || received.trim() === '' || allowed.length === 0) return 'query';
  const mode = allowed.find((each) => each === received);
  if (mode === undefined) throw refuse('authorize.response-mode-unsupported', { responseMode: received, allowed });
  return mode;
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
  const { client, redirectUri, redirectUriSent, state, responseMode, challenge, startedBy, parameters } = authorization;
  const at = realm.now();
  const isAsked = realm.policy.refreshTokenIssuedIf.some(({ consent }) => consent !== undefined);
  const hadAccess = isAsked ? hasAccess(realm, client, user) : undefined;
  const type = 'authorization_code';
  const grant = openGrant(realm, { type, client, user, scopes, at, startedBy, parameters, hadAccess });
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
  return { code, state, redirectUri, responseMode };
}

/** The answer after the user denied (RFC 6749 §4.1.2.1, access_denied). */
export function deny({ redirectUri, state, responseMode }: Authorization, user: User): Denial {
  return { error: refuse('authorize.denied', { username: user.username }), state, redirectUri, responseMode };
}

/** Why the policy skips the consent page for this client, user and scopes. Undefined if it does not. */
export function whyConsentIsSkipped(realm: Realm, authorization: Authorization, user: User): string | undefined {
  const { client, scopes } = authorization;
  const { consent } = realm.policy;
  if (consent === 'always') return undefined;
  const key = { grant: { clientId: client.id, userId: user.id }, scopes };
  const tokens = [realm.newestKey(key), realm.newestKey({ ...key, isSecond: true })]
    .map((each) => realm.newest.get(each))
    .filter((token) => token !== undefined);
  if (tokens.length === 0) return undefined;
  if (consent === 'skipped-while-a-token-lives') {
    return tokens.some((token) => isAlive(realm, token))
      ? 'a token of this client, user and scopes is alive'
      : undefined;
  }
  // Doorkeeper asks for the consent to a public client each time
  if (!client.confidential) return undefined;
  const isGranted = tokens.some((token) => !isRevoked(token) || hasUnrevokedToken(realm, token));
  return isGranted ? 'a token of this client, user and scopes is not revoked' : undefined;
}

const isRevoked = ({ revokedAt, grant }: AccessToken): boolean =>
  revokedAt !== undefined || grant.revokedAt !== undefined;

/** Whether an older token of the same client, user and scopes is not revoked. Rare, so nothing indexes them. */
function hasUnrevokedToken(realm: Realm, newest: AccessToken): boolean {
  const keyOf = (token: AccessToken): string => realm.newestKey(newestKeyOf(token));
  const key = keyOf(newest);
  for (const token of realm.accessTokens.values()) {
    if (token.grant.clientId === newest.grant.clientId && !isRevoked(token) && keyOf(token) === key) return true;
  }
  return false;
}
