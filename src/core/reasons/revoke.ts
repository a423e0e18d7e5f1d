import { quote, row } from './row.js';
import type { NoFacts } from './row.js';

/** Refusals of the revocation and the introspection endpoint (RFC 7009 §2.1, RFC 7662 §2.1). */
export const revokeReasons = {
  'revoke.token-missing': row(
    400,
    'invalid_request',
    'The parameter token is missing.',
    (_: NoFacts) => 'token was not sent',
  ),
  'revoke.unauthorized': row(
    401,
    'invalid_client',
    'The client may not revoke this token.',
    (f: { clientId: string | undefined }) =>
      `client ${quote(f.clientId)} did not authenticate, or the token is another client's`,
  ),
  'introspect.token-missing': row(
    400,
    'invalid_request',
    'The parameter token is missing.',
    (_: NoFacts) => 'token was not sent',
  ),
  'introspect.unauthorized': row(
    401,
    'invalid_client',
    'The client may not introspect this token.',
    (_: NoFacts) => 'introspection needs client authentication',
  ),
} as const;
