import { encodedTwice } from '../redirect-uri.js';
import { differenceBetween } from '../redirect-uri-difference.js';
import { row, quote, list, recognized } from './row.js';
import type { RedirectUriMatching } from '../policy.js';
import type { Nothing, Unknown } from './row.js';

/** Says that the sentence compares with one of several. */
const fromWhich = ({ length }: readonly string[]): string =>
  length > 1 ? ` from the nearest of ${length} registered ones` : '';

/** Reasons of the authorization endpoint (RFC 6749 §4.1.2.1). */
export const authorizeReasons = {
  'authorize.client-missing': row(
    400,
    'invalid_request',
    'The parameter client_id is missing.',
    (_: Nothing) => 'client_id was not sent',
  ),
  'authorize.client-unknown': row(
    400,
    'invalid_client',
    'The client is unknown.',
    (f: { clientId: string; known: readonly string[] }) =>
      `client ${quote(f.clientId)} is not registered; registered: ${list(f.known)}`,
  ),
  'authorize.secret-wrong': row(
    400,
    'invalid_client',
    'Client authentication failed.',
    (f: Unknown & { clientId: string }) =>
      `the client_secret in the URL is not the secret of client ${quote(f.clientId)}${recognized(f)}`,
  ),
  'authorize.redirect-uri-missing': row(
    400,
    'invalid_request',
    'The parameter redirect_uri is missing.',
    (f: { registered: readonly string[] }) => `redirect_uri was not sent; registered: ${list(f.registered)}`,
  ),
  'authorize.redirect-uri-malformed': row(
    400,
    'invalid_request',
    'The redirect_uri is malformed.',
    (f: { received: string; detail: string; registered: readonly string[] }) =>
      `redirect_uri ${quote(f.received)} ${f.detail}${encodedTwice(f.received)}`,
  ),
  'authorize.redirect-uri-unregistered': row(
    400,
    'invalid_request',
    'The redirect_uri is not registered.',
    (f: {
      received: string;
      registered: readonly string[];
      nearest: string | undefined;
      matching: RedirectUriMatching;
    }) =>
      f.nearest === undefined
        ? `redirect_uri ${quote(f.received)} was sent; the client has no registered redirect URI`
        : `redirect_uri differs${fromWhich(f.registered)}: ` +
          differenceBetween(f.matching, f.nearest, f.received, 'registered') +
          encodedTwice(f.received),
  ),
  'authorize.response-type-missing': row(
    400,
    'invalid_request',
    'The parameter response_type is missing.',
    (_: Nothing) => 'response_type was not sent; it must be "code"',
  ),
  'authorize.response-type-unsupported': row(
    400,
    'unsupported_response_type',
    'The response type is not supported.',
    (f: { responseType: string }) => `response_type was ${quote(f.responseType)}; it must be "code"`,
  ),
  'authorize.response-mode-unsupported': row(
    400,
    'unsupported_response_mode',
    'The response mode is not supported.',
    (f: { responseMode: string; allowed: readonly string[] }) =>
      `response_mode was ${quote(f.responseMode)}; it can be ${list(f.allowed)}`,
  ),
  'authorize.grant-unauthorized': row(
    400,
    'unauthorized_client',
    'The client may not ask for a code.',
    (f: { clientId: string; allowed: readonly string[] }) =>
      `client ${quote(f.clientId)} may not use "authorization_code"; allowed: ${list(f.allowed)}`,
  ),
  'authorize.parameters-too-long': row(
    400,
    'invalid_request',
    'The parameters are too long.',
    (f: { count: number; length: number; longest: string; mostKept: number; maxKept: number }) =>
      `the provider keeps parameters for later, ${String(f.count)} of this request with ${String(f.length)} ` +
      `characters (names and values), and at most ${String(f.mostKept)} with ${String(f.maxKept)} characters; ` +
      `the longest is ${quote(f.longest)}`,
  ),
  'authorize.denied': row(
    403,
    'access_denied',
    'The resource owner denied the request.',
    (f: { username: string }) => `user ${quote(f.username)} denied the request`,
  ),
  'authorize.user-unknown': row(
    500,
    'server_error',
    'The policy names a user who does not exist.',
    (f: { user: string; known: readonly string[] }) =>
      `interaction.user is ${quote(f.user)}; the users are ${list(f.known)}`,
  ),
} as const;
