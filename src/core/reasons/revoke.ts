import { row, quote } from './row.js';
import type { Nothing } from './row.js';

/** Reasons of the revocation endpoint (RFC 7009 §2). */
export const revokeReasons = {
  'revoke.token-missing': row(
    400,
    'invalid_request',
    'The parameter token is missing.',
    (_: Nothing) => 'token was not sent',
  ),
  'revoke.unauthorized': row(
    401,
    'invalid_client',
    'The client may not revoke this token.',
    (f: { clientId: string | undefined }) =>
      f.clientId === undefined
        ? 'client authentication is missing or failed'
        : `client ${quote(f.clientId)} did not authenticate, or the token was issued to another client`,
  ),
} as const;

/** Reasons of the introspection endpoint (RFC 7662 §2). */
export const introspectReasons = {
  'introspect.bearer-not-allowed': row(
    401,
    'invalid_token',
    'The access token does not allow this introspection.',
    (f: { itself: boolean; token: string }) =>
      f.itself
        ? 'the access token in the header is the one to introspect, and a token may not introspect itself'
        : "the token to introspect is unknown, or another client's than that of the access token in the header",
  ),
  'introspect.token-missing': row(
    400,
    'invalid_request',
    'The parameter token is missing.',
    (_: Nothing) => 'token was not sent',
  ),
  'introspect.unauthorized': row(
    401,
    'invalid_client',
    'No client authentication was included.',
    (f: { bearer: boolean }) =>
      f.bearer
        ? 'no client authentication was sent, and the access token in the header is not one of this realm'
        : 'introspection needs client authentication',
  ),
} as const;
