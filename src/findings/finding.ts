import type { RuleId } from './rules/index.js';
import type { RequestLine } from './request-line.js';
import type { Severity } from './severity.js';

/** One request of a case. */
export interface CaseRequest extends RequestLine {
  /** What the request did in this case. Absent: all requests of the case did the same. */
  readonly role?: string;
}
/** One occurrence of a finding. */
export interface FindingCase {
  readonly says: string;
  /** The users whose access the requests asked for or used. Empty: unknown, or none. */
  readonly userIds: readonly string[];
  readonly evidence: readonly number[];
  /** The entries of `evidence`, each in one line. */
  readonly requests: readonly CaseRequest[];
  /** Id of the token family in the lineage. */
  readonly family?: string;
}
/** A verdict on one client at one provider. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly verdict: string;
  readonly clause: string;
  readonly advice: string;
  readonly provider: string;
  readonly clientId: string | null;
  /** The users of the first occurrences. */
  readonly userIds: readonly string[];
  /** Ids of the journal entries that prove it. */
  readonly evidence: readonly number[];
  /** The entries of `evidence`, each in one line. */
  readonly requests: readonly RequestLine[];
  /** Number of occurrences. `cases` contains the first ones. */
  readonly count: number;
  readonly cases: readonly FindingCase[];
}
/** A finding that a suppression accepts. */
export interface SuppressedFinding extends Finding {
  /** Why the finding is accepted. */
  readonly reason: string;
}
