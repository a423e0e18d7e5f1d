import { OAuthError } from '../../core/errors.js';
import { recognizeValue } from '../../world/recognize-value.js';
import { basicCredentials, decodeBasic, splitAuthorization } from '../../input/authorization-header.js';
import type { FastifyRequest } from 'fastify';
import type { AnyFacts, Reason } from '../../core/errors.js';

type ReadValue = (facts: AnyFacts, request: FastifyRequest) => string | undefined;

/** Reasons about a value that the realm does not know, with the value as it was sent. */
const unknownValues: Partial<Readonly<Record<Reason, ReadValue>>> = {
  'bearer.unknown': ({ token }) => String(token),
  'bearer.malformed': (_, { headers: { authorization = '' } }) => valueAfterScheme(authorization),
  // some providers take a header without a scheme, or with another one, for none
  'bearer.missing': (_, { headers: { authorization = '' } }) =>
    authorization === '' ? undefined : valueAfterScheme(authorization),
  'client.secret-wrong': ({ method }, request) => secretIn(String(method), request),
  'authorize.secret-wrong': (_, request) => secretIn('query', request),
  'refresh.unknown': ({ refreshToken }) => String(refreshToken),
  'code.unknown': ({ code }) => String(code),
};

/** The value of an Authorization header after its scheme, or the whole header if it is a single word. */
function valueAfterScheme(authorization: string): string {
  const { scheme, credentials } = splitAuthorization(authorization);
  return credentials === '' ? scheme : credentials;
}

/** The client secret that a request sent in one place. */
function secretIn(
  method: string,
  { headers: { authorization = '' }, body, query }: FastifyRequest,
): string | undefined {
  if (method.startsWith('basic')) return decodeBasic(String(basicCredentials(authorization, true))).secret;
  const { client_secret: secret } = Object(method === 'body' ? body : query) as { client_secret?: unknown };
  return typeof secret === 'string' ? secret : undefined;
}

/** Reasons about a parameter without a value, with its name. */
const missingParameters: Partial<Readonly<Record<Reason, string>>> = {
  'refresh.missing': 'refresh_token',
  'code.missing': 'code',
};

/** Adds to a refusal what the journal can say about the refused value. The wire does not change. */
export function withRecognizedValue(request: FastifyRequest, error: OAuthError): OAuthError {
  const { reason, facts } = error;
  const name = missingParameters[reason];
  if (name !== undefined) return isSentEmpty(request, name) ? withFacts(error, { isEmpty: true }) : error;
  const value = unknownValues[reason]?.(facts, request);
  const scheme = reason === 'bearer.missing' ? otherScheme(request) : undefined;
  const recognizedAs = value === undefined ? undefined : recognizeValue(value, request.world, request.provider);
  return recognizedAs === undefined && scheme === undefined ? error : withFacts(error, { recognizedAs, scheme });
}

/** The scheme of an Authorization header that is not Bearer. Undefined for a header without a scheme. */
function otherScheme({ headers: { authorization = '' } }: FastifyRequest): string | undefined {
  const { scheme, credentials } = splitAuthorization(authorization);
  return credentials === '' || scheme.toLowerCase() === 'bearer' ? undefined : scheme.slice(0, 50);
}

function withFacts({ reason, facts }: OAuthError, more: AnyFacts): OAuthError {
  return OAuthError.of(reason, { ...facts, ...more });
}

function isSentEmpty({ body, query }: FastifyRequest, name: string): boolean {
  return [body, query].some((place) => Object.hasOwn(Object(place) as object, name));
}

/** Notes what an unknown token is, where the endpoint does not refuse it (RFC 7009 §2.2, RFC 7662 §2.2). */
export function noteUnknownToken({ realm, world, provider, entry }: FastifyRequest, token: string | undefined): void {
  if (token === undefined || realm.accessTokens.has(token) || realm.refreshTokens.has(token)) return;
  const recognizedAs = recognizeValue(token, world, provider);
  entry.notes.push(`unknown token${recognizedAs === undefined ? '' : `: it is ${recognizedAs}`}`);
}
