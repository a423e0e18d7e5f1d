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

type Source = Readonly<Record<string, unknown>>;

/** The parameters of a request by name, each once, and the place where it stood. Wire names stop in this file. */
class Parameters {
  readonly #read: Partial<Record<ParameterPlace, Source>> = {};
  readonly #unread: Partial<Record<ParameterPlace, Source>> = {};

  add(source: unknown, place: ParameterPlace, read: boolean): void {
    if (source === null || typeof source !== 'object') return;
    (read ? this.#read : this.#unread)[place] = source as Source;
  }

  /**
   * Refuses what RFC 6749 §3.1 and §3.2 forbid of any parameter, known or not.
   *
   * @throws request.parameter-repeated, request.parameter-malformed
   */
  check(): this {
    const { body, query } = this.#read;
    for (const name in body) toText(name, body[name]);
    for (const name in query) {
      const text = toText(name, query[name]);
      const earlier = text === undefined ? undefined : textOf(body, name);
      if (text !== undefined && earlier !== undefined) throw refuse('request.parameter-repeated', { name, values: [earlier, text] });
    }
    return this;
  }

  get(name: string): string | undefined {
    return textOf(this.#read.body, name) ?? textOf(this.#read.query, name);
  }

  place(name: string): ParameterPlace | undefined {
    if (textOf(this.#read.body, name) !== undefined) return 'body';
    return textOf(this.#read.query, name) === undefined ? undefined : 'query';
  }

  /** Where a parameter stood that is not read there. */
  elsewhere(name: string): ParameterPlace[] {
    return (['body', 'query'] as const).filter((place) => Object.hasOwn(this.#unread[place] ?? {}, name));
  }
}

function textOf(source: Source | undefined, name: string): string | undefined {
  return source !== undefined && Object.hasOwn(source, name) ? toText(name, source[name]) : undefined;
}

/** RFC 6749 §3.1: a parameter without a value counts as left out. */
function toText(name: string, value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  // forms and queries give a list only to what is repeated; JSON may have one of any length, of anything
  if (Array.isArray(value) && value.length > 1 && value.every((each) => typeof each === 'string')) throw refuse('request.parameter-repeated', { name, values: value });
  switch (typeof value) {
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
  return parameters.check();
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
  const { credentials, credentialsElsewhere } = readCredentials(request, policy, parameters);
  // written out: an object that begins with a spread is slow to make, and each token request makes one
  return {
    credentials,
    credentialsElsewhere,
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
  parameters.check();
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

  const inQuery = tokenAmong(request.query);
  if (inQuery !== undefined) add('query', inQuery);
  const inBody = bodyType(request) === 'form' ? tokenAmong(request.body) : undefined;
  if (inBody !== undefined) add('body', inBody);
  return { presented, elsewhere, malformed };
}

/** The token among a call's parameters. The others are the call's own: they may be lists. */
function tokenAmong(source: unknown): string | undefined {
  return textOf(Object(source) as Source, 'access_token');
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
