import { Views } from './views.js';

const mebibyte = 1024 * 1024;
/** Maximum memory of all journals of a process, in bytes. */
export const allJournalsBytes = 512 * mebibyte;
/** The part of it that is freed when it is reached. */
const freed = 1 / 64;

/** One of the journals. */
interface Measured {
  /** Memory of its entries, in bytes. */
  readonly bytes: number;
  /** Drops the oldest entries until it takes at most this many bytes. */
  shrinkTo(bytes: number): void;
}

/** The memory that all journals of a process share: their entries, and the views of entries that were shown. */
export class JournalMemory {
  readonly views = new Views();
  readonly briefViews = new Views(8 * mebibyte);
  readonly limitBytes: number;
  /** Memory of all entries in bytes. */
  bytes = 0;
  readonly #journals = new Set<Measured>();

  constructor(limitBytes = allJournalsBytes) {
    this.limitBytes = limitBytes;
  }

  /** Counts a change of the memory of one journal, in bytes, which the journal has counted. */
  count(journal: Measured, change: number): void {
    this.bytes += change;
    if (journal.bytes === 0) this.#journals.delete(journal);
    else if (journal.bytes === change) this.#journals.add(journal);
  }

  /**
   * Beyond the limit, the journals that take the most memory drop their oldest entries, until all of these take equally
   * much and a part of the limit is free. Not at each request: with thousands of journals, comparing them costs as much
   * as hundreds of requests.
   */
  enforce(): void {
    if (this.bytes <= this.limitBytes) return;
    const most = this.#mostForEach(this.limitBytes * (1 - freed));
    for (const journal of [...this.#journals]) if (journal.bytes > most) journal.shrinkTo(most);
  }

  /** The bytes that each journal may take so that all together take `bytes`. Smaller ones leave room for the others. */
  #mostForEach(bytes: number): number {
    const sizes = [...this.#journals].map((journal) => journal.bytes).sort((a, b) => a - b);
    let left = bytes;
    for (const [i, size] of sizes.entries()) {
      const share = left / (sizes.length - i);
      if (size > share) return share;
      left -= size;
    }
    return Infinity;
  }
}
