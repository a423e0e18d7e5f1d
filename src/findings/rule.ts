import type { RuleId } from '../world/scenario/schema/suppression.js';
import type { Evidence } from './evidence.js';
import type { Seen } from './observed-request.js';
import type { Severity } from './severity.js';

/** One case in which a client did what a rule is about. */
export interface Proof {
  /** The requests that prove it, in the order in which they came. */
  readonly by: readonly Seen[];
  /** What happened, in one sentence, and without any secret. */
  readonly says: string;
  /** Where this case is less grave than the rule is at its worst. */
  readonly severity?: Severity;
  /** The token family that it is about, for the lineage. */
  readonly family?: string | undefined;
}

/** One rule by which clients are judged. */
export interface Rule {
  readonly id: RuleId;
  /** At its worst; a case that the provider allows weighs less. */
  readonly severity: Severity;
  readonly verdict: string;
  /** Where the rule is written. */
  readonly clause: string;
  /** What to do instead. */
  readonly advice: string;
  /** When it says nothing, or less, so that nobody is blamed without proof. */
  readonly spares: string;
  readonly judge: (evidence: Evidence) => readonly Proof[];
}
