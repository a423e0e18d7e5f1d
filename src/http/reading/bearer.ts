import { bodyType } from './body.js';
import { Parameters, apiUse } from './parameters.js';
import { checkOneAuthorization } from './strict-checks.js';
import type { FastifyRequest } from 'fastify';
import type { BearerRequest } from '../../core/bearer.js';
import type { BearerHeaderReading, BearerPlace, Policy } from '../../core/policy.js';

/** RFC 6750 §2.1: b64token. */
const b64token = /^[A-Za-z0-9._~+/-]+=*$/;

/** What an Authorization header has: a token, a mistake, or nothing that concerns the API. */
type HeaderContent = { readonly token: string } | { readonly malformed: string } | undefined;

const readers: Readonly<Record<BearerHeaderReading, (header: string) => HeaderContent>> = {
  rfc6750(header) {
    const scheme = header.split(/\s/, 1)[0] as string;
    const credentials = header.slice(scheme.length).replace(/^ +/, '');
    if (scheme.toLowerCase() !== 'bearer') {
      return { malformed: `the scheme is ${JSON.stringify(scheme)}, and Bearer was expected` };
    }
    if (credentials === '') return { malformed: 'there is no token after Bearer' };
    if (b64token.test(credentials)) return { token: credentials };
    return { malformed: 'the token has characters outside RFC 6750 §2.1' };
  },

  // Doorkeeper's Token.from_bearer_authorization
  'after-one-space'(header) {
    if (!/^bearer /i.test(header)) return undefined;
    const token = header.slice('bearer '.length);
    return token.trim() === '' ? undefined : { token };
  },

  // Spring's BearerTokenExtractor
  'after-the-word'(header) {
    if (!/^bearer/i.test(header)) return undefined;
    const token = header.slice('bearer'.length).trim();
    const comma = token.indexOf(',');
    return { token: comma > 0 ? token.slice(0, comma) : token };
  },

  // Rails' HttpAuthentication::Token.token_and_options
  'rails-token'(header) {
    const [scheme] = /^(?:Token|Bearer)\s+/.exec(header) ?? [];
    if (scheme === undefined) return undefined;
    const rest = header.slice(scheme.length);
    const end = rest.search(/[,;\t]/);
    const first = end < 0 ? rest : rest.slice(0, end).trimEnd();
    const token = first.replace(/^token=/, '').replaceAll(/^"|"$/g, '');
    return token === '' ? undefined : { token };
  },
};

/**
 * Reads the access token of a request to a protected resource (RFC 6750 §2): the header, then the parameters in the
 * order of the policy. Notes what the policy passes over, by default in the journal.
 */
export function readBearerRequest(
  request: FastifyRequest,
  policy: Policy,
  notes: string[] = request.entry.notes,
): BearerRequest {
  const usual = usualToken(request, policy);
  if (usual !== undefined) {
    return { presented: [{ place: 'header', token: usual }], elsewhere: nowhere, malformed: undefined };
  }
  const presented: { place: BearerPlace; token: string }[] = [];
  const elsewhere: string[] = [];
  const add = (place: BearerPlace, token: string): void => {
    if (policy.bearerIn.includes(place)) presented.push({ place, token });
    else elsewhere.push(place);
  };
  const content = readHeader(request, policy, notes);
  if (content !== undefined && 'token' in content) add('header', content.token);

  for (const name of policy.bearerHeaders) {
    const value = request.headers[name.toLowerCase()];
    if (typeof value === 'string' && value !== '') add('header', value);
  }

  const key = policy.bearerIn.includes('x-api-key') ? request.headers['x-api-key'] : undefined;
  if (typeof key === 'string' && key !== '') add('x-api-key', key);

  const parameters = new Parameters(policy, apiUse);
  parameters.addQuery(request, true);
  parameters.add(request.body, 'body', hasTokenBody(request, policy));
  for (const name of policy.bearerParameters) {
    for (const place of ['query', 'body'] as const) {
      const token = parameters.getIn(place, name);
      if (token !== undefined) add(place, token);
    }
  }
  parameters.notes.moveTo(notes);
  if (presented.length > 1) noteOthers(notes, policy, presented);
  return {
    presented,
    elsewhere,
    malformed: content !== undefined && 'malformed' in content ? content.malformed : undefined,
  };
}

const nowhere: readonly string[] = [];

/**
 * The token of a request as nearly all clients send it: in the header of RFC 6750 §2.1, with nothing else that could
 * have one. All policies read it alike. Undefined for all other requests.
 */
function usualToken(request: FastifyRequest, policy: Policy): string | undefined {
  const { headers, body, url } = request;
  const { authorization } = headers;
  if (authorization?.startsWith(usualScheme) !== true || headers['x-api-key'] !== undefined) return undefined;
  if ((body !== undefined && body !== null) || url.includes('?') || policy.bearerHeaders.length > 0) return undefined;
  if (!policy.bearerIn.includes('header')) return undefined;
  const token = authorization.slice(usualScheme.length);
  // Rails takes `token=` before a value for a name
  if (!b64token.test(token) || token.startsWith('token=')) return undefined;
  checkOneAuthorization(request, policy);
  return token;
}

const usualScheme = 'Bearer ';

/** The content of the Authorization header. An empty header counts as none. */
function readHeader(request: FastifyRequest, policy: Policy, notes: string[]): HeaderContent {
  const { authorization } = request.headers;
  if (authorization === undefined || authorization === '') return undefined;
  const { bearerHeader } = policy;
  checkOneAuthorization(request, policy);
  const content = readers[bearerHeader](withBearer(authorization, policy));
  if (content === undefined) notes.push('the Authorization header is not a bearer token, and is passed over');
  else if ('token' in content && bearerHeader !== 'rfc6750') noteOddHeader(notes, authorization, content.token);
  return content;
}

/** The header with the scheme Bearer, if it has another one that counts like it. */
function withBearer(header: string, { bearerAliases }: Policy): string {
  if (bearerAliases.length === 0) return header;
  const [scheme = ''] = header.split(' ', 1);
  const isAlias = bearerAliases.some((each) => each.toLowerCase() === scheme.toLowerCase());
  return isAlias ? `Bearer${header.slice(scheme.length)}` : header;
}

/** RFC 6750 §2.1: `Bearer`, a space, and the token. */
function noteOddHeader(notes: string[], header: string, token: string): void {
  const isOdd = header.length !== 'bearer '.length + token.length || !b64token.test(token);
  if (isOdd) notes.push('the Authorization header is not "Bearer", one space and a token of RFC 6750 §2.1');
}

/** A body that can carry a token: a form (RFC 6750 §2.2), or another type whose parameters the policy reads. */
function hasTokenBody(request: FastifyRequest, { tokenBodyTypes }: Policy): boolean {
  if (request.body === undefined || request.body === null) return false;
  const type = bodyType(request);
  return type === 'form' || (type !== undefined && tokenBodyTypes.includes(type));
}

function noteOthers(notes: string[], { bearerTwice }: Policy, presented: BearerRequest['presented']): void {
  if (bearerTwice === 'refused') return;
  const [first, ...others] = presented.map(({ place }) => place);
  notes.push(
    `the access token was sent in ${String(first)} and in ${others.join(', ')}; the first counts, ` +
      'and RFC 6750 §2 allows one method per request',
  );
}
