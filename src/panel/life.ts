import { durationInWords } from './format.js';

/** What is known of the life of a token or a code. Times are virtual, ISO 8601. */
export interface Life {
  /** As the admin API says. `expired` and `live` are read from the clock instead, so that a page can count down. */
  readonly status: 'live' | 'expired' | 'revoked' | 'replaced' | 'spent';
  readonly issuedAt: string;
  /** Null: never. */
  readonly expiresAt: string | null;
}

/** A life at a moment: what a bar and the words beside it show. */
export interface LifeNow {
  readonly state: 'plenty' | 'low' | 'never' | 'expired' | 'revoked' | 'replaced' | 'spent';
  /** What is left of the life, from 0 to 1. */
  readonly left: number;
  readonly words: string;
  /** How long it still lives, in words. Undefined if it is over or never ends. */
  readonly span?: string;
}

/** The names of what lives. */
export const kindWords = { code: 'code', access: 'access token', refresh: 'refresh token' } as const;

/** Below this part of its life, a token has little left. */
const lowPart = 0.2;

/**
 * A length of time in words for what counts down: one unit if there are ten or more of it, else two, such as `12
 * minutes` and `9 minutes 5 seconds`.
 */
export function roughly(ms: number): string {
  const words = durationInWords(ms).split(' ');
  return Number(words[0]) >= 10 ? words.slice(0, 2).join(' ') : words.join(' ');
}

/** A length of time in its largest unit alone: `5 minutes`. */
const longestUnit = (ms: number): string => durationInWords(ms).split(' ').slice(0, 2).join(' ');

/** What is left of a life at a virtual time, in milliseconds since the epoch: that which expiry is checked against. */
export function lifeAt({ status, issuedAt, expiresAt }: Life, checkedAt: number): LifeNow {
  if (status === 'revoked' || status === 'replaced' || status === 'spent') {
    return { state: status, left: 0, words: status };
  }
  if (expiresAt === null) return { state: 'never', left: 1, words: 'never expires' };
  const end = Date.parse(expiresAt);
  const rest = end - checkedAt;
  if (rest <= 0) return { state: 'expired', left: 0, words: agoInWords(rest) };
  // a clock that was set back is before the issue
  const left = Math.min(1, rest / Math.max(1, end - Date.parse(issuedAt)));
  // rounded up: what has 400 ms left is not over
  const span = roughly(Math.ceil(rest / 1000) * 1000);
  return { state: left < lowPart ? 'low' : 'plenty', left, words: `${span} left`, span };
}

const agoInWords = (rest: number): string => (rest > -1000 ? 'expired just now' : `expired ${longestUnit(rest)} ago`);

/** The time at which something happened, beside the virtual time now: `3 minutes ago`, `just now`, `in 2 hours`. */
export function whenInWords(at: string, now: number): string {
  const ms = Date.parse(at) - now;
  if (Math.abs(ms) < 1000) return 'just now';
  return ms < 0 ? `${longestUnit(ms)} ago` : `in ${longestUnit(ms)}`;
}
