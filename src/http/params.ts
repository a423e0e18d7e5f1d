import { refuse } from '../core/errors.js';
import { readBasic } from './basic.js';
import { bodyType, mediaTypes } from './body.js';
import type { FastifyRequest } from 'fastify';
import type { AuthorizationRequest } from '../core/authorize.js';
import type { BearerRequest } from '../core/bearer.js';
import type { PresentedCredentials } from '../core/client.js';
import type { BearerPlace, ParameterPlace, Policy } from '../core/model.js';
import type { RevocationRequest } from '../core/revoke.js';
import type { TokenRequest } from '../core/token.js';

/** The parameters of a request by name, each once, and the place where it stood. Wire names stop in this file. */
class Parameters {
  readonly #values = new Map<string, { value: string; place: ParameterPlace }>();
  readonly #elsewhere = new Map<string, ParameterPlace>();

  add(source: unknown, place: ParameterPlace, read: boolean): void {
    if (source === null || typeof source !== 'object') return;
    for (const [name, value] of Object.entries(source)) {
      if (!read) {
        this.#elsewhere.set(name, place);
        continue;
      }
      const text = toText(name, value);
      // RFC 6749 §3.1: a parameter without a value counts as left out
      if (text === undefined || text === '') continue;
      const earlier = this.#values.get(name);
      if (earlier !== undefined) throw refuse('request.parameter-repeated', { name, values: [earlier.value, text] });
      this.#values.set(name, { value: text, place });
    }
  }

  get(name: string): string | undefined {
    return this.#values.get(name)?.value;
  }

  place(name: string): ParameterPlace | undefined {
    return this.#values.get(name)?.place;
  }

  /** Where a parameter stood that is not read there. */
  elsewhere(name: string): ParameterPlace[] {
    const place = this.#elsewhere.get(name);
    return place === undefined ? [] : [place];
  }
}

function toText(name: string, value: unknown): string | undefined {
  // forms and queries give a list only to what is repeated; JSON may have one of any length, of anything
  if (Array.isArray(value) && value.length > 1 && value.every((each) => typeof each === 'string')) throw refuse('request.parameter-repeated', { name, values: value });
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return undefined;
      throw refuse('request.parameter-malformed', { name, detail: `it is ${Array.isArray(value) ? 'a list' : 'an object'}, and text was expected` });
  }
}

/** Reads the parameters of a request to the token endpoint and its neighbours. */
function tokenParameters(request: FastifyRequest, policy: Policy): Parameters {
  const parameters = new Parameters();
  parameters.add(request.body, 'body', policy.tokenParametersIn.includes('body') && hasReadableBody(request, policy));
  parameters.add(request.query, 'query', policy.tokenParametersIn.includes('query'));
  return parameters;
}

function hasReadableBody(request: FastifyRequest, policy: Policy): boolean {
  const { body, headers } = request;
  if (body === undefined || body === null || body === '') return false;
  const type = bodyType(request);
  if (type === undefined || !policy.tokenBodyTypes.includes(type)) {
    throw refuse('request.content-type-unsupported', { received: headers['content-type'], accepted: mediaTypes(policy) });
  }
  if (typeof body !== 'object' || Array.isArray(body)) throw refuse('request.body-malformed', { detail: 'an object of parameters was expected' });
  return true;
}

/** Reads a token request (RFC 6749 §3.2) from Basic, body and query, as far as the policy looks there. */
export function readTokenRequest(request: FastifyRequest, policy: Policy): TokenRequest {
  const parameters = tokenParameters(request, policy);
  return {
    ...readCredentials(request, policy, parameters),
    grantType: parameters.get('grant_type'),
    grantTypeElsewhere: parameters.elsewhere('grant_type'),
    code: parameters.get('code'),
    redirectUri: parameters.get('redirect_uri'),
    codeVerifier: parameters.get('code_verifier'),
    refreshToken: parameters.get('refresh_token'),
    username: parameters.get(policy.passwordGrantUsername),
    password: parameters.get('password'),
    scope: parameters.get('scope'),
  };
}

/** Reads a request to the revocation or the introspection endpoint (RFC 7009 §2.1, RFC 7662 §2.1). */
export function readRevocationRequest(request: FastifyRequest, policy: Policy): RevocationRequest {
  const parameters = tokenParameters(request, policy);
  return { ...readCredentials(request, policy, parameters), token: parameters.get('token') };
}

/** Reads who a client says it is from the Authorization header alone. */
export function readBasicCredentials(request: FastifyRequest, policy: Policy): Pick<TokenRequest, 'credentials' | 'credentialsElsewhere'> {
  return readCredentials(request, policy, new Parameters());
}

function readCredentials(request: FastifyRequest, policy: Policy, parameters: Parameters): Pick<TokenRequest, 'credentials' | 'credentialsElsewhere'> {
  const credentials: PresentedCredentials[] = [];
  const elsewhere: string[] = [];
  const { authorization } = request.headers;
  const basic = authorization === undefined ? undefined : readBasic(authorization, policy.basicWithoutScheme);
  if (basic !== undefined) {
    if (policy.clientCredentialsIn.includes('basic')) credentials.push({ place: 'basic', readings: basic });
    else elsewhere.push('Authorization header');
  } else if (authorization !== undefined) {
    elsewhere.push('Authorization header, which is not Basic with an id and a secret in base64');
  }
  const id = parameters.get('client_id');
  const place = parameters.place('client_secret') ?? parameters.place('client_id');
  if (id !== undefined && place !== undefined) {
    if (policy.clientCredentialsIn.includes(place)) credentials.push({ place, readings: [{ id, secret: parameters.get('client_secret'), spelling: place }] });
    else elsewhere.push(place);
  }
  return { credentials, credentialsElsewhere: [...elsewhere, ...parameters.elsewhere('client_id')] };
}

/** Reads an authorization request (RFC 6749 §4.1.1) from the query, or from the body of a POST (§3.1). */
export function readAuthorizationRequest(request: FastifyRequest): AuthorizationRequest & { readonly username: string | undefined; readonly password: string | undefined } {
  const parameters = new Parameters();
  parameters.add(request.body, 'body', request.method === 'POST' && bodyType(request) !== undefined);
  parameters.add(request.query, 'query', true);
  return {
    clientId: parameters.get('client_id'),
    clientSecret: parameters.get('client_secret'),
    redirectUri: parameters.get('redirect_uri'),
    responseType: parameters.get('response_type'),
    scope: parameters.get('scope'),
    state: parameters.get('state'),
    codeChallenge: parameters.get('code_challenge'),
    codeChallengeMethod: parameters.get('code_challenge_method'),
    username: parameters.get('username'),
    password: parameters.get('password'),
  };
}

/** Reads where a request to a protected resource shows its token (RFC 6750 §2). */
export function readBearerRequest(request: FastifyRequest, policy: Policy): BearerRequest {
  const presented: { place: BearerPlace; token: string }[] = [];
  const elsewhere: string[] = [];
  const add = (place: BearerPlace, token: string): void => {
    if (policy.bearerIn.includes(place)) presented.push({ place, token });
    else elsewhere.push(place);
  };
  const { authorization } = request.headers;
  const inHeader = authorization === undefined ? undefined : readScheme(authorization);
  const malformed = inHeader === undefined ? undefined : malformation(inHeader);
  if (inHeader !== undefined && malformed === undefined) add('header', inHeader.value);

  const inQuery = tokenAmong(request.query, 'query');
  if (inQuery !== undefined) add('query', inQuery);
  const inBody = bodyType(request) === 'form' ? tokenAmong(request.body, 'body') : undefined;
  if (inBody !== undefined) add('body', inBody);
  return { presented, elsewhere, malformed };
}

/** The token among a call's parameters. The others are the call's own: they may be lists. */
function tokenAmong(source: unknown, place: ParameterPlace): string | undefined {
  const { access_token = null } = { ...(source as { access_token?: unknown } | undefined) };
  const parameters = new Parameters();
  parameters.add({ access_token }, place, true);
  return parameters.get('access_token');
}

/** RFC 9110 §11.4: a scheme, blanks, and what belongs to the scheme. */
function readScheme(authorization: string): { scheme: string; value: string } {
  const [, scheme, value] = /^(\S*) *(.*)$/.exec(authorization) as unknown as [string, string, string];
  return { scheme, value };
}

function malformation({ scheme, value }: { scheme: string; value: string }): string | undefined {
  if (scheme.toLowerCase() !== 'bearer') return `the scheme is ${JSON.stringify(scheme)}, and Bearer was expected`;
  if (value === '') return 'there is no token after Bearer';
  // RFC 6750 §2.1: b64token
  return /^[A-Za-z0-9._~+/-]+=*$/.test(value) ? undefined : 'the token has characters outside RFC 6750 §2.1';
}
