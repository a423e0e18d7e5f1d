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
  'introspect.token-missing': row(
    400,
    'invalid_request',
    'The parameter token is missing.',
    (_: Nothing) => 'token was not sent',
  ),
  'introspect.unauthorized': row(
    401,
    'invalid_client',
    'The client may not introspect this token.',
    (_: Nothing) => 'introspection needs client authentication',
  ),
} as const;
