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
export interface Rule<Id extends string = string> {
  /** Words joined by hyphens: what the client did. */
  readonly id: Id;
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

/** Keeps the id as a literal type, so that the list of rules gives the type of all ids. */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}
