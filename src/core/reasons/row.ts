import type { ErrorRow, Instant } from '../model.js';

/** One reason to refuse a request: what the wire says by default, and what the journal says. */
export interface Row<Facts> extends ErrorRow {
  /** The journal's sentence: what happened, exactly, for the developer of the client. */
  readonly explain: (facts: Facts) => string;
}

/** Makes a row from the HTTP status, the value of `error`, its description and the journal's sentence. */
export function row<Facts>(
  status: number,
  error: string,
  description: string,
  explain: (facts: Facts) => string,
): Row<Facts> {
  return { status, error, description, explain };
}

/** A point in time as the journal writes it. */
export const time = (instant: Instant): string => new Date(instant).toISOString();

/** A received value in quotation marks, so that blanks show. */
export const quote = (value: string | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Values in quotation marks, separated by commas. */
export const list = (values: readonly string[]): string => values.map(quote).join(', ') || 'none';

/** Facts of a reason that has none. */
export type NoFacts = Readonly<Record<string, never>>;

/** When a token or code expired, and when it was sent. */
export interface Expired {
  at: Instant;
  now: Instant;
}

/** When and why a token or code was revoked. */
export interface Revoked {
  at: Instant;
  because: string;
}

/** The client that sent a token or code, and the client that it was issued to. */
export interface OtherOwner {
  clientId: string;
  ownerId: string;
}

/** The sentence for a token or code that was sent after its expiry. */
export const expired = (what: string, { at, now }: Expired): string =>
  `the ${what} expired at ${time(at)}, ${String((now - at) / 1000)} s before it was sent (${time(now)})`;
