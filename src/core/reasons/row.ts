import { describeLength } from '../length.js';
import type { Instant } from '../model.js';
import type { ErrorRow } from '../policy.js';

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

/** Facts of a token that was removed when it was sent after its expiry. */
export interface Removed {
  /** When it expired. */
  at: Instant;
  removedAt: Instant;
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

/** A journal entry behind a point of time. Empty if it is unknown. */
export const atEntry = (entry: number | undefined): string => (entry === undefined ? '' : ` (entry ${entry})`);

/** A value in double quotes. */
export const quote = (value: string): string => JSON.stringify(value);

/** Quoted values with commas; an empty list becomes `none`. */
export const list = (values: readonly string[]): string => values.map(quote).join(', ') || 'none';

/** End of a sentence about a missing value: places where it was found, but which this policy does not read. */
export const foundElsewhere = (places: readonly string[]): string =>
  places.length > 0 ? ` in a place that this policy reads; found, but not read: ${places.join(', ')}` : '';

/** Explains an expiry: when, and how long before the request. */
export const expiredBefore = (what: string, f: Expired): string =>
  `the ${what} expired at ${time(f.at)}, ${describeLength(f.now - f.at)} before it was sent (${time(f.now)})`;

/** Facts of a value that a realm does not know. */
export interface Unknown {
  /** What the value is: `a refresh token`. Absent if it resembles nothing that the server knows. */
  recognizedAs?: string;
}

/** Explains an unknown value: what it is, or else why it can be unknown. */
export const unknownBecause = (what: string, { recognizedAs }: Unknown): string =>
  recognizedAs === undefined
    ? `the ${what} was not issued by this realm, was altered, or is no longer stored`
    : `the ${what} is unknown: it is ${recognizedAs}`;

/** Ends the sentence about a value that cannot be used: what it is. */
export const recognized = ({ recognizedAs }: Unknown): string =>
  recognizedAs === undefined ? '' : `; it is ${recognizedAs}`;

/** Facts of a parameter that has no value. */
export interface Empty {
  /** Whether the parameter was sent, without a value (RFC 6749 §3.1). */
  isEmpty?: boolean;
}

/** Explains a missing parameter: it was not sent, or was sent without a value. */
export const sentOrNot = (name: string, { isEmpty = false }: Empty): string =>
  isEmpty ? `${name} was sent without a value` : `${name} was not sent`;

/** Explains a removal: a provider that removes an expired token when it is sent no longer knows it after that. */
export const removedAfterExpiry = (what: string, f: Removed): string =>
  `the ${what} expired at ${time(f.at)}, and was removed when it was sent at ${time(f.removedAt)}`;
