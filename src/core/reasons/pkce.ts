import { row, quote, list } from './row.js';
import type { Nothing } from './row.js';

/** Reasons of PKCE, at both endpoints (RFC 7636 §4). */
export const pkceReasons = {
  'pkce.verifier-missing': row(
    400,
    'invalid_grant',
    'The parameter code_verifier is missing.',
    (_: Nothing) =>
      'the authorization request had a code_challenge, but the token request has no code_verifier (RFC 7636 §4.5)',
  ),
  'pkce.verifier-malformed': row(
    400,
    'invalid_grant',
    'The code_verifier is malformed.',
    (f: { length: number }) =>
      `code_verifier has ${String(f.length)} characters; RFC 7636 §4.1 requires 43 to 128 of [A-Za-z0-9-._~]`,
  ),
  'pkce.verifier-mismatch': row(
    400,
    'invalid_grant',
    'The code_verifier does not match.',
    (f: { method: string }) =>
      `the code_verifier does not match the code_challenge by the method ${f.method} (RFC 7636 §4.6)`,
  ),
  'pkce.verifier-unexpected': row(
    400,
    'invalid_grant',
    'A code_verifier came without a code_challenge.',
    (_: Nothing) =>
      'code_verifier was sent, but the authorization request had no code_challenge, ' +
      'as in a PKCE downgrade attack (RFC 9700 §2.1.1)',
  ),
  'pkce.challenge-missing': row(
    400,
    'invalid_request',
    'The parameter code_challenge is missing.',
    (_: Nothing) => 'this realm requires PKCE, and no code_challenge was sent (RFC 7636 §4.4.1)',
  ),
  'pkce.challenge-malformed': row(
    400,
    'invalid_request',
    'The code_challenge is malformed.',
    (f: { length: number }) =>
      `code_challenge has ${String(f.length)} characters; RFC 7636 §4.2 requires 43 to 128 of [A-Za-z0-9-._~]`,
  ),
  'pkce.method-missing': row(
    400,
    'invalid_request',
    'The parameter code_challenge_method is missing.',
    (f: { supported: readonly string[] }) =>
      `code_challenge came without code_challenge_method; supported: ${list(f.supported)}`,
  ),
  'pkce.method-unsupported': row(
    400,
    'invalid_request',
    'The code_challenge_method is not supported.',
    (f: { method: string; supported: readonly string[] }) =>
      `code_challenge_method was ${quote(f.method)}; supported: ${list(f.supported)}`,
  ),
} as const;
