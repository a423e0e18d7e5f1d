import { foundElsewhere, row, quote, list } from './row.js';
import type { Nothing } from './row.js';

/** Reasons that concern the parameter grant_type (RFC 6749 §5.2). */
export const grantReasons = {
  'grant.missing': row(
    400,
    'invalid_request',
    'The parameter grant_type is missing.',
    (f: { elsewhere: readonly string[] }) => `grant_type was not sent${foundElsewhere(f.elsewhere)}`,
  ),
  'grant.unsupported': row(
    400,
    'unsupported_grant_type',
    'The grant type is not supported.',
    (f: { grantType: string; supported: readonly string[] }) =>
      `grant_type was ${quote(f.grantType)}; supported: ${list(f.supported)}`,
  ),
  'grant.implicit': row(
    400,
    'invalid_grant',
    'The implicit grant has no token request.',
    (_: Nothing) => 'grant_type was "implicit"; the implicit grant ends at the authorization endpoint (RFC 6749 §4.2)',
  ),
  'grant.unauthorized': row(
    400,
    'unauthorized_client',
    'The client may not use this grant type.',
    (f: { clientId: string; grantType: string; allowed: readonly string[] }) =>
      `client ${quote(f.clientId)} may not use ${quote(f.grantType)}; allowed: ${list(f.allowed)}`,
  ),
} as const;
