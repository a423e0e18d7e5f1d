import { row, quote } from './row.js';
import type { Nothing } from './row.js';

/** Reasons of the password grant and of the login with a password (RFC 6749 §4.3). */
export const passwordReasons = {
  'password.username-missing': row(
    400,
    'invalid_request',
    'The username is missing.',
    (f: { name: string }) => `${f.name} was not sent`,
  ),
  'password.password-missing': row(
    400,
    'invalid_request',
    'The password is missing.',
    (_: Nothing) => 'password was not sent',
  ),
  'password.provider-unknown': row(
    400,
    'invalid_request',
    'The login provider is not set up.',
    (f: { provider: string }) => `provider was ${quote(f.provider)}, and no such login provider is set up here`,
  ),
  'password.wrong': row(
    400,
    'invalid_grant',
    'The username or the password is wrong.',
    (f: { username: string; known: boolean }) =>
      f.known ? `the password of ${quote(f.username)} is wrong` : `there is no user ${quote(f.username)}`,
  ),
} as const;
