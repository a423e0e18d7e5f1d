import { splitAuthorization } from '../../input/authorization-header.js';
import { bodyType } from './body.js';
import { textOf } from './parameters.js';
import type { FastifyRequest } from 'fastify';
import type { BearerRequest } from '../../core/bearer.js';
import type { BearerPlace, Policy } from '../../core/model.js';
import type { AuthorizationHeader } from '../../input/authorization-header.js';
import type { Source } from './parameters.js';

/** Reads the access token of a request to a protected resource, from each place that RFC 6750 §2 names. */
export function readBearerRequest(request: FastifyRequest, policy: Policy): BearerRequest {
  const presented: { place: BearerPlace; token: string }[] = [];
  const elsewhere: string[] = [];
  const add = (place: BearerPlace, token: string): void => {
    if (policy.bearerIn.includes(place)) presented.push({ place, token });
    else elsewhere.push(place);
  };
  const { authorization } = request.headers;
  const inHeader = authorization === undefined ? undefined : splitAuthorization(authorization);
  const malformed = inHeader === undefined ? undefined : malformation(inHeader);
  if (inHeader !== undefined && malformed === undefined) add('header', inHeader.credentials);

  const inQuery = tokenParameter(request.query);
  if (inQuery !== undefined) add('query', inQuery);
  const inBody = bodyType(request) === 'form' ? tokenParameter(request.body) : undefined;
  if (inBody !== undefined) add('body', inBody);
  return { presented, elsewhere, malformed };
}

/** The parameter `access_token`. Other parameters belong to the API call and may be lists, so they are not checked. */
function tokenParameter(source: unknown): string | undefined {
  return textOf(Object(source) as Source, 'access_token');
}

/** What is wrong with the header as a bearer token; undefined if nothing is. */
function malformation({ scheme, credentials }: AuthorizationHeader): string | undefined {
  if (scheme.toLowerCase() !== 'bearer') return `the scheme is ${JSON.stringify(scheme)}, and Bearer was expected`;
  if (credentials === '') return 'there is no token after Bearer';
  // RFC 6750 §2.1: b64token
  return /^[A-Za-z0-9._~+/-]+=*$/.test(credentials) ? undefined : 'the token has characters outside RFC 6750 §2.1';
}
