import type { RuleId } from './rules/index.js';
import type { Severity } from './severity.js';

/** One time that a client did it. */
export interface FindingCase {
  readonly says: string;
  readonly evidence: readonly number[];
  /** The id of the token family in the lineage. */
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
  /** Ids of the journal entries that prove it. */
  readonly evidence: readonly number[];
  /** How often it happened; of many, the first cases are told. */
  readonly count: number;
  readonly cases: readonly FindingCase[];
}
export interface SuppressedFinding extends Finding {
  /** Why it is accepted. */
  readonly reason: string;
}
