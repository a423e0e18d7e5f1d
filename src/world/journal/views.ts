import type { JournalEntry } from './entry.js';

/** Views of entries as JSON, so that an entry is redacted once, however many callers read it. */
export class Views {
  readonly #kept = new Map<JournalEntry, string>();
  readonly #limit: number;
  #size = 0;

  /** `limit`: maximum size of all kept views, in characters. */
  constructor(limit = 32 * 1024 * 1024) {
    this.#limit = limit;
  }

  get(entry: JournalEntry): string | undefined {
    return this.#kept.get(entry);
  }

  /** Keeps the view of a complete entry. The views that were made first are removed at the limit. */
  keep(entry: JournalEntry, view: string): void {
    this.delete(entry);
    this.#kept.set(entry, view);
    this.#size += view.length;
    while (this.#size > this.#limit) this.delete(this.#kept.keys().next().value as JournalEntry);
  }

  delete(entry: JournalEntry): void {
    if (this.#size === 0) return;
    this.#size -= this.#kept.get(entry)?.length ?? 0;
    this.#kept.delete(entry);
  }
}
