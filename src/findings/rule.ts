import type { Evidence } from './evidence.js';
import type { ObservedRequest } from './observed-request.js';
import type { Severity } from './severity.js';

/** One case in which a client broke a rule. */
export interface Proof {
  /** The requests that prove it, in order of arrival. */
  readonly by: readonly ObservedRequest[];
  /**
   * What each request of `by` did in this case, in a few words. The last one stands for all further requests. Absent:
   * the requests did the same.
   */
  readonly roles?: readonly string[];
  /** What happened, in one sentence without secrets. */
  readonly says: string;
  /** The severity of this case, if it is lower than that of the rule. */
  readonly severity?: Severity;
  /** What helps in this case, if the advice of the rule does not. */
  readonly advice?: string;
  /** Id of the token family, for the lineage. */
  readonly family?: string | undefined;
}

/** One rule for clients. No other file names a rule. */
export interface Rule<Id extends string = string> {
  /** What the client did, in kebab case. */
  readonly id: Id;
  /** The highest severity. A case that the provider allows is less severe. */
  readonly severity: Severity;
  readonly verdict: string;
  /** The section of the RFC. */
  readonly clause: string;
  /** What the client should do instead. */
  readonly advice: string;
  /** When the rule reports nothing or a lower severity. */
  readonly spares: string;
  /** The cases. A rule with much work makes them one by one: requests are served in between. */
  readonly judge: (evidence: Evidence) => Iterable<Proof>;
}

/** Keeps the id as a literal type, so that the list of rules gives the type of all ids. */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}
