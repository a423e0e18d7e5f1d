import { ownParameterNames } from '../../core/step-parameters.js';
import { addBody } from './add-body.js';
import { readBearerRequest } from './bearer.js';
import { readCredentials } from './credentials.js';
import { readGrantType } from './grant-type.js';
import { Parameters, authorizationUse } from './parameters.js';
import { checkSecretInUrl } from './strict-checks.js';
import type { FastifyRequest } from 'fastify';
import type { AuthorizationRequest } from '../../core/authorization.js';
import type { BearerRequest } from '../../core/bearer.js';
import type { IntrospectionRequest } from '../../core/introspect.js';
import type { Policy } from '../../core/policy.js';
import type { Realm } from '../../core/realm.js';
import type { RevocationRequest } from '../../core/revoke.js';
import type { ParameterStep, ParameterValues } from '../../core/parameter-rules.js';
import type { TokenRequest } from '../../core/grants/grant.js';

const noPlaces: readonly string[] = [];

/** Reads the parameters of a request to the token, revocation or introspection endpoint, and keeps them. */
function tokenParameters(request: FastifyRequest, policy: Policy): Parameters {
  request.parameters = new Parameters(policy, undefined, request.provider.parameterNames);
  return readTokenParameters(request, policy, request.parameters);
}

/**
 * Reads the parameters of a request to the token, revocation or introspection endpoint.
 *
 * @throws request.content-type-unsupported, request.content-type-malformed, request.body-malformed,
 * request.parameter-repeated, request.parameter-malformed, request.secret-in-url
 */
export function readTokenParameters(
  request: FastifyRequest,
  policy: Policy,
  parameters = new Parameters(policy, undefined, request.provider.parameterNames),
): Parameters {
  addBody(request, policy, parameters, policy.tokenParametersIn.includes('body'));
  parameters.addQuery(request, policy.tokenParametersIn.includes('query'));
  checkSecretInUrl(policy, parameters);
  return parameters.check();
}

/** Reads a token request (RFC 6749 §3.2) from the places that the policy allows: Basic, body, query. */
export function readTokenRequest(request: FastifyRequest, policy: Policy): TokenRequest {
  const parameters = tokenParameters(request, policy);
  const { credentials, credentialsElsewhere } = readCredentials(request, policy, parameters);
  const { grantType, grantWords } = readGrantType(request, parameters);
  const readsScopes = policy.scopesAtRefresh && grantType === 'refresh_token';
  // no spread: an object that starts with one is slow in V8
  const tokenRequest = {
    credentials,
    credentialsElsewhere,
    grantType,
    grantWords,
    grantTypeElsewhere: grantType === undefined ? parameters.elsewhere('grant_type') : noPlaces,
    code: parameters.get('code'),
    redirectUri: parameters.get('redirect_uri'),
    codeVerifier: parameters.get('code_verifier'),
    refreshToken: parameters.get('refresh_token'),
    username: parameters.get(policy.passwordGrantUsername),
    password: parameters.get('password'),
    provider: grantType === 'password' ? parameters.get('provider') : undefined,
    scope: parameters.get('scope') ?? (readsScopes ? parameters.get('scopes') : undefined),
    parameters: ownParameters(request.realm, grantType === 'refresh_token' ? 'refresh' : 'token', parameters),
    number: request.entry.id,
    startedBy: beginsFlow(grantType) ? String(request.entry.id) : undefined,
  };
  parameters.notes.moveTo(request.entry.notes);
  return tokenRequest;
}

/** Whether a token request begins a flow: it needs no authorization before. */
export const beginsFlow = (grantType: string | undefined): boolean =>
  grantType === 'password' || grantType === 'client_credentials';

/** Reads a request to the revocation endpoint (RFC 7009 §2.1). */
export function readRevocationRequest(request: FastifyRequest, policy: Policy): RevocationRequest {
  const parameters = tokenParameters(request, policy);
  const read = {
    ...readCredentials(request, policy, parameters),
    token: parameters.get('token'),
    tokenTypeHint: parameters.get('token_type_hint'),
  };
  parameters.notes.moveTo(request.entry.notes);
  return read;
}

const noBearer: BearerRequest = { presented: [], elsewhere: noPlaces, malformed: undefined };

/** Reads a request to the introspection endpoint (RFC 7662 §2.1). Client credentials count before an access token. */
export function readIntrospectionRequest(request: FastifyRequest, policy: Policy): IntrospectionRequest {
  const read = readRevocationRequest(request, policy);
  const readsBearer = read.credentials.length === 0 && policy.introspectionBy.includes('bearer');
  return { ...read, bearer: readsBearer ? readBearerRequest(request, policy) : noBearer };
}

/**
 * Reads the parameters of an authorization request.
 *
 * @throws request.parameter-repeated, request.parameter-malformed, request.content-type-*, request.secret-in-url
 */
export function readAuthorizationParameters(
  request: FastifyRequest,
  parameters = new Parameters(request.realm.policy, authorizationUse, request.provider.parameterNames),
): Parameters {
  const { policy } = request.realm;
  const isPost = request.method === 'POST';
  if (isPost) addBody(request, { ...policy, tokenBodyTypes: policy.authorizeBodyTypes }, parameters, true);
  parameters.addQuery(request, !isPost || policy.authorizeParametersIn === 'query-and-body');
  checkSecretInUrl(policy, parameters);
  return parameters.check();
}

/** Reads an authorization request (RFC 6749 §4.1.1) from the query, or from the body of a POST (§3.1). */
export function readAuthorizationRequest(
  request: FastifyRequest,
): AuthorizationRequest & { readonly username: string | undefined; readonly password: string | undefined } {
  const parameters = new Parameters(request.realm.policy, authorizationUse, request.provider.parameterNames);
  // before it is read: a refusal may tell what was read until then
  request.parameters = parameters;
  readAuthorizationParameters(request, parameters);
  const read = {
    ...authorizationIn(request, parameters),
    username: parameters.get('username'),
    password: parameters.get('password'),
  };
  parameters.notes.moveTo(request.entry.notes);
  return read;
}

/** Reads the authorization request that the fields of a consent form repeat. */
export function readRepeatedRequest(request: FastifyRequest): AuthorizationRequest {
  const parameters = new Parameters(request.realm.policy, authorizationUse, request.provider.parameterNames);
  parameters.add(request.body, 'body', true);
  const read = authorizationIn(request, parameters.check());
  parameters.notes.moveTo(request.entry.notes);
  return read;
}

/** The parameters that a provider asks for beyond RFC 6749, as far as they were sent. */
function ownParameters(realm: Realm, step: ParameterStep, parameters: Parameters): ParameterValues | undefined {
  const names = ownParameterNames(realm, step);
  if (names.length === 0) return undefined;
  const pairs = names.map((name) => [name, parameters.get(name)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function authorizationIn({ entry, realm }: FastifyRequest, parameters: Parameters): AuthorizationRequest {
  parameters.setDefault('response_type', realm.parameters.authorize.response_type?.default);
  return {
    clientId: parameters.get('client_id'),
    clientSecret: parameters.get('client_secret'),
    redirectUri: parameters.get('redirect_uri'),
    responseType: parameters.get('response_type'),
    responseMode: parameters.get('response_mode'),
    scope: parameters.get('scope'),
    state: parameters.getWithBlanks('state'),
    codeChallenge: parameters.get('code_challenge'),
    codeChallengeMethod: parameters.get('code_challenge_method'),
    parameters: ownParameters(realm, 'authorize', parameters),
    startedBy: entry.flow,
  };
}
