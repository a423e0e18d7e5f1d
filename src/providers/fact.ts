import type { Policy } from '../core/policy.js';
import type { Evidence } from './measurements.js';

/**
 * How reliable a fact is. SEEN(d): in the provider's own documentation or code. SEEN(c×n): n independent clients do or
 * expect it. MEASURED: obtained by running the framework that the provider uses. INFERRED: follows from that framework.
 * GUESS: assumed, without a source.
 */
export type Confidence =
  | 'SEEN(d)'
  | 'SEEN(d, old)'
  | `SEEN(c×${string})`
  | `SEEN(d), SEEN(c×${string})`
  | 'SEEN(d), MEASURED'
  | 'MEASURED'
  | 'INFERRED'
  | 'GUESS';

/** One behaviour on the wire, with its source. */
export interface Fact {
  /** A stable id that tests refer to: `mailup.token.members`. */
  readonly id: string;
  readonly behaviour: string;
  /** The policy field that switches the behaviour. */
  readonly field?: keyof Policy;
  readonly source: string;
  readonly confidence: Confidence;
  /** What shows a MEASURED fact. A test looks for each case in `test/oracle/golden.json`. */
  readonly measured?: readonly Evidence[];
}
