import { encodedTwice } from '../redirect-uri.js';
import { differenceBetween } from '../redirect-uri-difference.js';
import { atEntry, row, time, quote, expiredBefore, sentOrNot, unknownBecause } from './row.js';
import type { Instant } from '../model.js';
import type { RedirectUriMatching } from '../policy.js';
import type { Expired, Revoked, Empty, OtherClient, Unknown } from './row.js';

/** Reasons to refuse an authorization code at the token endpoint (RFC 6749 §4.1.3, §5.2). */
export const codeReasons = {
  'code.missing': row(400, 'invalid_request', 'The parameter code is missing.', (f: Empty) => sentOrNot('code', f)),
  'code.unknown': row(400, 'invalid_grant', 'The authorization code is unknown.', (f: Unknown & { code: string }) =>
    unknownBecause('code', f),
  ),
  'code.expired': row(400, 'invalid_grant', 'The authorization code has expired.', (f: Expired & { code: string }) =>
    expiredBefore('code', f),
  ),
  'code.replayed': row(
    400,
    'invalid_grant',
    'The authorization code was already used.',
    (f: { code: string; spentAt: Instant; spentAtEntry: number | undefined; revoked: boolean }) =>
      `the code was already used at ${time(f.spentAt)}${atEntry(f.spentAtEntry)}` +
      (f.revoked ? '; its tokens are now revoked (RFC 6749 §4.1.2)' : ''),
  ),
  'code.revoked': row(
    400,
    'invalid_grant',
    'The authorization code was revoked.',
    (f: Revoked & { code: string }) => `the code was revoked at ${time(f.at)} (${f.because})`,
  ),
  'code.other-client': row(
    400,
    'invalid_grant',
    'The authorization code was issued to another client.',
    (f: OtherClient) => `the code was issued to client ${quote(f.ownerId)}, and client ${quote(f.clientId)} sent it`,
  ),
  'code.redirect-uri-missing': row(
    400,
    'invalid_request',
    'The parameter redirect_uri is missing.',
    (f: { expected: string | undefined }) =>
      'redirect_uri was not sent' +
      (f.expected === undefined ? '' : `; the authorization request had ${quote(f.expected)} (RFC 6749 §4.1.3)`),
  ),
  'code.redirect-uri-differs': row(
    400,
    'invalid_grant',
    'The redirect_uri differs from the one of the authorization request.',
    (f: { expected: string; received: string; matching: RedirectUriMatching }) =>
      `redirect_uri differs: ` +
      differenceBetween(f.matching, f.expected, f.received, 'in the authorization request') +
      encodedTwice(f.received),
  ),
} as const;
