import type { Expectation } from './expectation.js';
import type { Verdict } from './verify.js';

/** An expectation that was sent to the admin API, with its verdict. */
export interface VerifiedExpectation {
  readonly expectation: Expectation;
  readonly verdict: Verdict;
}

/** Maximum number of expectations kept; the oldest is dropped first. */
const limit = 200;

/**
 * The expectations of a world that were sent to the admin API. An expectation sent again replaces its earlier verdict.
 */
export class VerifiedExpectations {
  readonly #newest = new Map<string, VerifiedExpectation>();

  record(expectation: Expectation, verdict: Verdict): void {
    const key = JSON.stringify(expectation);
    this.#newest.delete(key);
    this.#newest.set(key, { expectation, verdict });
    const [oldest] = this.#newest.keys();
    if (oldest !== undefined && this.#newest.size > limit) this.#newest.delete(oldest);
  }

  /** All expectations, in the order in which they were last sent. */
  list(): VerifiedExpectation[] {
    return [...this.#newest.values()];
  }
}
