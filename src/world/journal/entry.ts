import { everywhere } from '../../faults/fault.js';
import type { AnyFacts, Reason } from '../../core/errors.js';
import type { Ending } from '../../faults/fault.js';
import type { Instant } from '../../core/model.js';
import type { RecordedBody } from './recorded-body.js';

/** Endpoints that the journal tells apart: those that a fault can be set on, and all others. */
export const endpoints = [...everywhere, 'other'] as const;
/** The kind of endpoint of a request; `other` is outside the protocol. */
export type Endpoint = (typeof endpoints)[number];

/** An end of a request without an answer. */
export type FaultEnding = Exclude<Ending['do'], 'send' | 'refuse'>;

/** The fault of a request. */
export interface AppliedFault {
  /** Id of the rule. */
  readonly id: string;
  readonly kind: string;
  /** The fault stood in for the effect too: the provider did not handle the request. */
  readonly replaced?: true;
}

/** One request and its answer, unredacted. Secrets are redacted when an entry is read (entry-view.ts). */
export interface JournalEntry {
  readonly id: number;
  /** Virtual time. */
  readonly at: Instant;
  /** Real time, in milliseconds since the epoch. */
  readonly realAt: number;
  /** Monotonic time in milliseconds: when the request arrived, and when its connection was opened. */
  readonly startedAt: number;
  readonly connectedAt: number | undefined;
  /** The client's port. Requests of one connection come one after the other (RFC 9112 §9.3). */
  readonly connection: number | undefined;
  readonly provider: string | undefined;
  endpoint: Endpoint;
  readonly method: string;
  /** Path and query of the URL as received. */
  readonly url: string;
  /** The host that was asked for, with its port if one was named. */
  readonly host: string | undefined;
  readonly isSecure: boolean;
  /** Whether the request came by the forward proxy. */
  readonly isProxied: boolean;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Undefined: none, or not read yet. */
  body: RecordedBody | undefined;
  /** Whether the parameters of the body were not read, because the provider does not read bodies of its type. */
  isBodyUnread: boolean;
  grantType: string | undefined;
  clientId: string | undefined;
  userId: string | undefined;
  /**
   * The same in all requests of one flow: an authorization request, its pages, the exchange of its code, and the use of
   * its tokens. It is the id of the entry that began the flow, or of the grant if no request did. Undefined if the
   * request belongs to no flow.
   */
  flow: string | undefined;
  /** Observations about an accepted request, such as an unusual encoding of a Basic header. */
  notes: string[];
  reason: Reason | undefined;
  facts: AnyFacts | undefined;
  /** An explanation of the refusal for people. */
  explanation: string | undefined;
  fault: AppliedFault | undefined;
  /** How a fault ended the request without an answer. */
  ending: FaultEnding | undefined;
  /** Undefined until the answer is sent, or if the connection was closed before. */
  status: number | undefined;
  /** The headers of the answer. Its Content-Length is in `responseLength`, unless a fault has set it. */
  responseHeaders: Readonly<Record<string, number | string | string[] | undefined>> | undefined;
  /** The Content-Length that follows from the body, in bytes. Undefined: the answer has none, or that of a fault. */
  responseLength: number | undefined;
  responseBody: string | undefined;
  /** Whether the body is longer than `longestRecorded`, and `responseBody` is a note in its place. */
  isResponseCut: boolean;
  durationMs: number | undefined;
  /**
   * The id of the newest entry when the answer was sent, or when the connection was closed without an answer. Entries
   * with a greater id began after that moment; all others began before it. Timestamps are too coarse for this.
   */
  newestAtEnd: number | undefined;
  /** The memory that the journal counts for this entry, in bytes; 0 before it is kept and after it was dropped. */
  weight: number;
}
