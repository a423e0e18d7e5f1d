import { bodyType } from './body.js';
import { textOf } from './parameters.js';
import type { FastifyRequest } from 'fastify';
import type { BearerRequest } from '../../core/bearer.js';
import type { BearerPlace, Policy } from '../../core/model.js';
import type { Source } from './parameters.js';

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
