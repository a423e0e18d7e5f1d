import type { EntryView } from './entry-view.js';
import type { Expectation } from './expectation.js';
import type { Difference } from './match.js';
import type { Verdict } from './verify.js';

/** An expectation that was sent to the admin API, with its verdict. */
export interface VerifiedExpectation {
  readonly expectation: Expectation;
  readonly verdict: KeptVerdict;
}

/** A verdict whose entries have no more than their line in a report. */
export interface KeptVerdict extends Pick<Verdict, 'passed' | 'actual' | 'expected'> {
  readonly matched: readonly EntryHead[];
  readonly nearMisses: readonly { readonly entry: EntryHead; readonly differences: readonly Difference[] }[];
}

/** The part of an entry that names it. */
export interface EntryHead {
  readonly id: number;
  /** Virtual time. */
  readonly at: string;
  readonly provider?: string | undefined;
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
  readonly request: Pick<EntryView['request'], 'method' | 'path'>;
}

/** Maximum number of expectations kept; the oldest is dropped first. */
const limit = 200;

/**
 * The expectations of a world that were sent to the admin API. An expectation sent again replaces its earlier verdict.
 */
export class VerifiedExpectations {
  readonly #newest = new Map<string, VerifiedExpectation>();

  record(expectation: Expectation, { passed, actual, expected, matched, nearMisses }: Verdict): void {
    const key = JSON.stringify(expectation);
    const kept = {
      matched: matched.map(headOf),
      nearMisses: nearMisses.map(({ entry, differences }) => ({ entry: headOf(entry), differences })),
    };
    this.#newest.delete(key);
    this.#newest.set(key, { expectation, verdict: { passed, actual, expected, ...kept } });
    const [oldest] = this.#newest.keys();
    if (oldest !== undefined && this.#newest.size > limit) this.#newest.delete(oldest);
  }

  /** All expectations, in the order in which they were last sent. */
  list(): VerifiedExpectation[] {
    return [...this.#newest.values()];
  }
}

// whole entries take up to 300 KB each
const headOf = ({ id, at, provider, status, reason, request: { method, path } }: EntryView): EntryHead => ({
  id,
  at,
  provider,
  status,
  reason,
  request: { method, path },
});
