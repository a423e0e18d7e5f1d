import {
  foundElsewhere,
  quote,
  row,
  time,
  list,
  expiredBefore,
  recognized,
  removedAfterExpiry,
  unknownBecause,
} from './row.js';
import type { Expired, Removed, Revoked, Unknown } from './row.js';

/** What an Authorization header without a bearer token has. */
export interface InHeader extends Unknown {
  /** Its scheme. Absent: it has none. */
  scheme?: string;
}

/** Reasons to refuse an access token at a protected resource (RFC 6750 §3.1). */
export const bearerReasons = {
  'bearer.missing': row(
    401,
    'invalid_token',
    'No access token was sent.',
    (f: InHeader & { elsewhere: readonly string[] }) =>
      `no access token was sent${foundElsewhere(f.elsewhere)}${recognizedInHeader(f)}`,
  ),
  'bearer.malformed': row(
    401,
    'invalid_token',
    'The access token is malformed.',
    (f: Unknown & { detail: string }) => `the Authorization header is not a bearer token: ${f.detail}${recognized(f)}`,
  ),
  'bearer.twice': row(
    400,
    'invalid_request',
    'The access token was sent in more than one way.',
    (f: { places: readonly string[] }) =>
      `the access token was sent in ${f.places.join(' and in ')}; RFC 6750 §2 allows one method per request`,
  ),
  'bearer.unknown': row(401, 'invalid_token', 'The access token is unknown.', (f: Unknown & { token: string }) =>
    unknownBecause('access token', f),
  ),
  'bearer.expired': row(401, 'invalid_token', 'The access token has expired.', (f: Expired & { token: string }) =>
    expiredBefore('access token', f),
  ),
  'bearer.removed': row(401, 'invalid_token', 'The access token is unknown.', (f: Removed & { token: string }) =>
    removedAfterExpiry('access token', f),
  ),
  'bearer.revoked': row(
    401,
    'invalid_token',
    'The access token was revoked.',
    (f: Revoked & { token: string }) => `the access token was revoked at ${time(f.at)} (${f.because})`,
  ),
  'bearer.insufficient-scope': row(
    403,
    'insufficient_scope',
    'The access token does not carry the scope.',
    (f: { needed: readonly string[]; granted: readonly string[] }) =>
      `this call needs one of ${list(f.needed)}; the token has ${list(f.granted)}`,
  ),
} as const;

/** Ends the sentence about a missing token: what the Authorization header has in its place. */
function recognizedInHeader({ recognizedAs, scheme }: InHeader): string {
  if (scheme !== undefined) {
    const value = recognizedAs === undefined ? '' : `; its value is ${recognizedAs}`;
    return `; the Authorization header has the scheme ${quote(scheme)}, and Bearer was expected${value}`;
  }
  return recognizedAs === undefined ? '' : `; the Authorization header without a scheme is ${recognizedAs}`;
}
