import { OAuthError } from '../../core/errors.js';
import { recognizeValue } from '../../world/recognize-value.js';
import type { FastifyRequest } from 'fastify';
import type { AnyFacts, Reason } from '../../core/errors.js';

type ReadValue = (facts: AnyFacts, request: FastifyRequest) => string | undefined;

/** Reasons about a value that the realm does not know, with the value as it was sent. */
const unknownValues: Partial<Readonly<Record<Reason, ReadValue>>> = {
  'bearer.unknown': ({ token }) => String(token),
  // a Basic header is a mistake about the scheme, which the explanation names
  'bearer.malformed': (_, { headers: { authorization = '' } }) =>
    /^basic /i.test(authorization) ? undefined : authorization.replace(/^bearer *(?=.)/i, ''),
  // some providers take a header without a scheme for none
  'bearer.missing': (_, { headers: { authorization = '' } }) =>
    /^\S+$/.test(authorization) ? authorization : undefined,
  'refresh.unknown': ({ refreshToken }) => String(refreshToken),
  'code.unknown': ({ code }) => String(code),
};

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
  const recognizedAs = value === undefined ? undefined : recognizeValue(value, request.world, request.provider);
  return recognizedAs === undefined ? error : withFacts(error, { recognizedAs });
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
