import type { Grant, Instant, RefreshToken } from './model.js';
import type { Policy } from './policy.js';

/**
 * Whether a replaced refresh token is still accepted (policy `refreshGrace`). It counts from the first replacement, so
 * that a repeated use does not prolong it.
 *
 * @param now the time of the check, with the skew of the clock
 */
export const isInGrace = (
  { refreshGraceSeconds }: Policy,
  { replacedAt }: Pick<RefreshToken, 'replacedAt'>,
  now: Instant,
): boolean => replacedAt !== undefined && now < replacedAt + refreshGraceSeconds * 1000;

/**
 * When a new refresh token ends at the latest: after its own lifetime, or earlier with its grant (policy
 * `refreshTokenAbsolute`), which a rotation does not begin again.
 */
export const lastEnd = (
  { refreshTokenSeconds, refreshTokenAbsoluteSeconds }: Policy,
  { createdAt }: Pick<Grant, 'createdAt'>,
  at: Instant,
): Instant => Math.min(at + refreshTokenSeconds * 1000, createdAt + refreshTokenAbsoluteSeconds * 1000);

/** Whether a refresh token is too young to be replaced (policy `refreshRotationAfter`). A replaced one is not. */
export const isKept = (
  { refreshRotationAfterSeconds }: Policy,
  { issuedAt, replacedAt }: RefreshToken,
  at: Instant,
): boolean => replacedAt === undefined && at < issuedAt + refreshRotationAfterSeconds * 1000;

/** Begins the time after which a refresh token without use ends (policy `refreshTokenIdle`; RFC 9700 §4.14.2). */
export function beginIdleTime({ refreshTokenIdleSeconds }: Policy, token: RefreshToken, at: Instant): void {
  const last = token.endsAt ?? token.expiresAt;
  token.expiresAt = Math.min(last, at + refreshTokenIdleSeconds * 1000);
  if (token.expiresAt < last) token.endsAt = last;
}

/** Whether a refresh token ends because it is not used, and not because of its lifetime. */
export const endsByDisuse = ({ endsAt, expiresAt }: RefreshToken): boolean =>
  endsAt !== undefined && expiresAt < endsAt;
