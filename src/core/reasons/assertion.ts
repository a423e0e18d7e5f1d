import { expiredBefore, list, quote, row, time } from './row.js';
import type { Instant } from '../model.js';
import type { Expired } from './row.js';

/** Reasons to refuse client authentication by a signed token (RFC 7521 §4.2.1, RFC 7523 §3.2). */
export const assertionReasons = {
  'client.assertion-type': row(
    401,
    'invalid_client',
    'The client_assertion_type is not supported.',
    (f: { type: string | undefined; expected: string }) =>
      `client_assertion_type was ${f.type === undefined ? 'not sent' : quote(f.type)}; it must be ${quote(f.expected)}`,
  ),
  'client.assertion-malformed': row(
    401,
    'invalid_client',
    'The client_assertion is malformed.',
    (f: { detail: string }) => `client_assertion is malformed: ${f.detail} (RFC 7523 §3)`,
  ),
  'client.assertion-subject': row(
    401,
    'invalid_client',
    'The client_assertion is of another client.',
    (f: { iss: string; sub: string; clientId: string | undefined }) =>
      `iss is ${quote(f.iss)} and sub is ${quote(f.sub)}` +
      (f.clientId === undefined ? '' : `, and client_id is ${quote(f.clientId)}`) +
      '; all must be the client_id (RFC 7523 §3)',
  ),
  'client.assertion-key-missing': row(
    401,
    'invalid_client',
    'The client has no public key.',
    (f: { clientId: string }) => `client ${quote(f.clientId)} is registered without a publicKey that can be read`,
  ),
  'client.assertion-signature': row(
    401,
    'invalid_client',
    'The signature of the client_assertion is wrong.',
    (f: { clientId: string; algorithm: string; keyType: string | undefined }) =>
      `the signature by ${f.algorithm} does not fit the publicKey (${String(f.keyType)}) of ` + quote(f.clientId),
  ),
  'client.assertion-audience': row(
    401,
    'invalid_client',
    'The client_assertion is for another server.',
    (f: { received: readonly string[]; expected: readonly string[] }) =>
      `aud is ${list(f.received)}; expected one of ${list(f.expected)}`,
  ),
  'client.assertion-expired': row(401, 'invalid_client', 'The client_assertion has expired.', (f: Expired) =>
    expiredBefore('client_assertion', f),
  ),
  'client.assertion-replayed': row(
    401,
    'invalid_client',
    'The client_assertion was already used.',
    (f: { jti: string; usedAt: Instant }) =>
      `a client_assertion with the jti ${quote(f.jti)} was already used at ${time(f.usedAt)} (RFC 7523 §3)`,
  ),
} as const;
