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
   * Beyond the limit, the journals that take the most memory drop the older half of theirs, until a part of the limit
   * is free: with thousands of journals, looking for the largest costs as much as hundreds of requests.
   */
  enforce(): void {
    if (this.bytes <= this.limitBytes) return;
    const enough = this.limitBytes * (1 - freed);
    while (this.bytes > enough) {
      for (const journal of [...this.#journals].sort((a, b) => b.bytes - a.bytes)) {
        if (this.bytes <= enough) break;
        journal.shrinkTo(journal.bytes / 2);
      }
    }
  }
}
