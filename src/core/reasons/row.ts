import type { ErrorRow, Instant } from '../model.js';

/** One row of the table of reasons: the error answer by the RFCs, and the explanation for the journal. */
export interface Row<Facts> extends ErrorRow {
  /** Writes the exact cause for the developer of the client. Only the journal shows it. */
  readonly explain: (facts: Facts) => string;
}

/** Facts of a reason that needs none. */
export type Nothing = Readonly<Record<string, never>>;

/** Facts of a code or token that expired. */
export interface Expired {
  /** When it expired. */
  at: Instant;
  /** When it was checked. */
  now: Instant;
}

/** Facts of a code or token that was revoked. */
export interface Revoked {
  at: Instant;
  because: string;
}

/** Facts of a code or token that another client sent. */
export interface OtherClient {
  /** The client that sent it. */
  clientId: string;
  /** The client that it was issued to. */
  ownerId: string;
}

/** Builds a row; the type of its facts comes from `explain`. */
export function row<Facts>(
  status: number,
  error: string,
  description: string,
  explain: (facts: Facts) => string,
): Row<Facts> {
  return { status, error, description, explain };
}

/** An instant as ISO 8601. */
export const time = (instant: Instant): string => new Date(instant).toISOString();

/** A value in double quotes. */
export const quote = (value: string): string => JSON.stringify(value);

/** Quoted values with commas; an empty list becomes `none`. */
export const list = (values: readonly string[]): string => values.map(quote).join(', ') || 'none';

/** End of a sentence about a missing value: places where it was found, but which this policy does not read. */
export const foundElsewhere = (places: readonly string[]): string =>
  places.length > 0 ? ` in a place that this policy reads; found, but not read: ${places.join(', ')}` : '';

/** Explains an expiry: when, and how long before the request. */
export const expiredBefore = (what: string, f: Expired): string =>
  `the ${what} expired at ${time(f.at)}, ${String((f.now - f.at) / 1000)} s before it was sent (${time(f.now)})`;
