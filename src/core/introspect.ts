import { checkAlive, retirePrevious } from './bearer.js';
import { authenticateClient } from './client.js';
import { refuse } from './errors.js';
import { isAlive } from './issue.js';
import { findPair } from './revoke.js';
import type { BearerRequest } from './bearer.js';
import type { AccessToken, RefreshToken } from './model.js';
import type { Realm } from './realm.js';
import type { RevocationRequest, TokenPair } from './revoke.js';

/** A parsed request to the introspection endpoint (RFC 7662 §2.1). */
export interface IntrospectionRequest extends RevocationRequest {
  /** The access token of the caller, for a policy that lets its bearer ask. */
  readonly bearer: BearerRequest;
}

/**
 * The introspection endpoint (RFC 7662 §2). Returns the token if it is active; undefined if it is inactive, unknown,
 * or not for this caller.
 *
 * @throws client.*, bearer.*, introspect.unauthorized, introspect.bearer-not-allowed, introspect.token-missing
 */
export function introspect(realm: Realm, request: IntrospectionRequest): AccessToken | RefreshToken | undefined {
  const { policy } = realm;
  const byClient = request.credentials.length > 0;
  const clientId = byClient ? authenticateClient(realm, request).client.id : undefined;
  const bearer = byClient ? undefined : findBearer(realm, request);
  if (request.token === undefined && policy.tokenParameterMissing === 'refused') {
    throw refuse('introspect.token-missing', {});
  }
  const pair = request.token === undefined ? {} : findPair(realm, request.token, request.tokenTypeHint);
  if (bearer !== undefined) checkBearerMayAsk(realm, bearer, pair);

  const token = describedToken(realm, pair);
  if (token === undefined || !isAlive(realm, token)) return undefined;
  const isOwn = clientId === undefined || token.grant.clientId === clientId;
  return isOwn || policy.introspectionOf === 'any-token' ? token : undefined;
}

/** The access token of a caller without client credentials, after its checks. */
function findBearer(realm: Realm, { bearer }: IntrospectionRequest): AccessToken {
  const [first] = realm.policy.introspectionBy.includes('bearer') ? bearer.presented : [];
  const token = first === undefined ? undefined : realm.accessTokens.get(first.token);
  if (token === undefined) throw refuse('introspect.unauthorized', { bearer: first !== undefined });
  retirePrevious(realm, token);
  checkAlive(realm, token);
  return token;
}

function checkBearerMayAsk(realm: Realm, bearer: AccessToken, { access, sent }: TokenPair): void {
  const itself = access === bearer;
  const owner = sent?.grant.clientId;
  const isOwn = owner === bearer.grant.clientId || realm.policy.introspectionOf === 'any-token';
  if (itself || !isOwn) throw refuse('introspect.bearer-not-allowed', { itself, token: bearer.token });
}

/** The token that the answer describes: the one that was sent or, for a refresh token, its access token. */
function describedToken(realm: Realm, { access, refresh, sent }: TokenPair): AccessToken | RefreshToken | undefined {
  if (sent === undefined || sent !== refresh || realm.policy.refreshTokenIntrospectedAs === 'itself') return sent;
  return isAlive(realm, sent) ? access : undefined;
}
