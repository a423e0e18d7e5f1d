import { row, quote, list } from './row.js';

/** Reasons that concern the parameter scope (RFC 6749 §3.3). */
export const scopeReasons = {
  'scope.malformed': row(
    400,
    'invalid_scope',
    'The scope is malformed.',
    (f: { scope: string }) => `scope ${quote(f.scope)} has characters outside RFC 6749 §3.3`,
  ),
  'scope.missing': row(
    400,
    'invalid_scope',
    'The parameter scope is missing.',
    (f: { known: readonly string[] }) => `scope was not sent; known: ${list(f.known)}`,
  ),
  'scope.unknown': row(
    400,
    'invalid_scope',
    'The scope is unknown.',
    (f: { scope: string; allowed: readonly string[] }) =>
      `scope ${quote(f.scope)} is unknown here; known: ${list(f.allowed)}`,
  ),
  'scope.not-allowed': row(
    400,
    'invalid_scope',
    'The client may not ask for this scope.',
    (f: { scope: string; allowed: readonly string[] }) =>
      `scope ${quote(f.scope)} is not allowed in this request; allowed: ${list(f.allowed)}`,
  ),
  'scope.wider-than-granted': row(
    400,
    'invalid_scope',
    'The scope is wider than the one that was granted.',
    (f: { scope: string; asked: readonly string[] | undefined; allowed: readonly string[] }) =>
      `scope ${quote(f.scope)} was not granted; granted: ${list(f.allowed)} (RFC 6749 §6)`,
  ),
} as const;
