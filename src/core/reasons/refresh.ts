import {
  atEntry,
  row,
  time,
  quote,
  expiredBefore,
  foundElsewhere,
  removedAfterExpiry,
  sentOrNot,
  unknownBecause,
} from './row.js';
import type { Instant } from '../model.js';
import type { Expired, Removed, Revoked, Empty, OtherClient, Unknown } from './row.js';

/** Facts of the refresh token that replaced another. All are absent if none did, or none is known. */
export interface Replacement {
  /** The new refresh token. */
  replacedBy?: string | undefined;
  /** Id of the journal entry of the request that issued the new token. */
  replacedAtEntry?: number | undefined;
  /** When the new token was first sent to the token endpoint. Null: it never was. Absent: unknown. */
  newTokenUsedAt?: Instant | null | undefined;
}

/** Reasons to refuse a refresh token (RFC 6749 §6). */
export const refreshReasons = {
  'refresh.missing': row(400, 'invalid_request', 'The parameter refresh_token is missing.', (f: Empty) =>
    sentOrNot('refresh_token', f),
  ),
  'refresh.unknown': row(
    400,
    'invalid_grant',
    'The refresh token is unknown.',
    (f: Unknown & { refreshToken: string }) => unknownBecause('refresh token', f),
  ),
  'refresh.expired': row(
    400,
    'invalid_grant',
    'The refresh token has expired.',
    (f: Expired & { refreshToken: string }) => expiredBefore('refresh token', f),
  ),
  'refresh.idle': row(
    400,
    'invalid_grant',
    'The refresh token has expired.',
    (f: Expired & { refreshToken: string }) => `${expiredBefore('refresh token', f)}; it was not used for too long`,
  ),
  'refresh.removed': row(
    400,
    'invalid_grant',
    'The refresh token is unknown.',
    (f: Removed & { refreshToken: string }) => removedAfterExpiry('refresh token', f),
  ),
  'refresh.revoked': row(
    400,
    'invalid_grant',
    'The refresh token was revoked.',
    (f: Revoked & Replacement & { refreshToken: string }) =>
      `the refresh token was revoked at ${time(f.at)} (${f.because})` +
      (f.replacedBy === undefined ? '' : `; it was replaced${replacement(f)}`),
  ),
  'refresh.replaced': row(
    400,
    'invalid_grant',
    'The refresh token was already used.',
    (f: Replacement & { at: Instant; familyRevoked: boolean; refreshToken: string }) =>
      `the refresh token was already replaced at ${time(f.at)}${replacement(f)}` +
      (f.familyRevoked ? '; its token family is now revoked (RFC 9700 §4.14.2)' : ''),
  ),
  'refresh.client-missing': row(
    400,
    'invalid_grant',
    'The refresh token was issued to a client.',
    (f: { ownerId: string; refreshToken: string; elsewhere: readonly string[] }) =>
      `the refresh token was issued to client ${quote(f.ownerId)}, and no client authentication was sent` +
      foundElsewhere(f.elsewhere),
  ),
  'refresh.other-client': row(
    400,
    'invalid_grant',
    'The refresh token was issued to another client.',
    (f: OtherClient & { refreshToken: string }) =>
      `the refresh token was issued to client ${quote(f.ownerId)}, and client ${quote(f.clientId)} sent it`,
  ),
} as const;

/** By which request and which token a refresh token was replaced, and whether the new one was used. */
function replacement({ replacedBy, replacedAtEntry, newTokenUsedAt }: Replacement): string {
  return `${atEntry(replacedAtEntry)} by a new one (${String(replacedBy)})${useOf(newTokenUsedAt)}`;
}

function useOf(at: Replacement['newTokenUsedAt']): string {
  if (at === undefined) return '';
  return at === null
    ? ', which was never used: perhaps the client never got it'
    : `, which was first used at ${time(at)}`;
}
