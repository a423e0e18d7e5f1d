import type { Expectation, Verdict } from './match.js';

/** An expectation that somebody sent to be verified, with what came of it. */
export interface VerifiedExpectation {
  readonly expectation: Expectation;
  readonly verdict: Verdict;
}

/** How many expectations are remembered; the oldest gives way. */
const limit = 200;

/** What was expected of a world over the admin API. Of an expectation that was asked again and again the newest verdict counts. */
export class Verified {
  readonly #newest = new Map<string, VerifiedExpectation>();

  record(expectation: Expectation, verdict: Verdict): void {
    const key = JSON.stringify(expectation);
    this.#newest.delete(key);
    this.#newest.set(key, { expectation, verdict });
    const [oldest] = this.#newest.keys();
    if (oldest !== undefined && this.#newest.size > limit) this.#newest.delete(oldest);
  }

  /** In the order in which they were last asked. */
  list(): VerifiedExpectation[] {
    return [...this.#newest.values()];
  }
}
