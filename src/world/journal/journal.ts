import { addedWeight, weightAtOpening } from './weight.js';
import type { JournalEntry } from './entry.js';
import type { JournalMemory } from './memory.js';

interface Listener {
  readonly entry: (entry: JournalEntry) => void;
  readonly ended: (() => void) | undefined;
}

/** Maximum memory of one journal in bytes, for a journal that may have `limit` entries. */
export const journalBytes = (limit: number): number => Math.min(256 * mebibyte, Math.max(64 * mebibyte, limit * 4096));
const mebibyte = 1024 * 1024;
const noErrors: readonly Error[] = [];

/**
 * The last requests of a world. A journal that reaches its limit of entries or of memory drops its oldest entries and
 * counts them.
 */
export class Journal {
  /** Number of entries dropped since the start or the last `clear`. */
  dropped = 0;
  /** Maximum number of entries. */
  readonly limit: number;
  /** Maximum memory of the entries in bytes. */
  readonly limitBytes: number;
  /** Memory of the entries in bytes, as `weight.ts` counts it. */
  bytes = 0;
  readonly #memory: JournalMemory;
  /** Oldest first. The first `#start` places are empty. */
  #entries: (JournalEntry | undefined)[] = [];
  #start = 0;
  #lastId = 0;
  /** Undefined: nobody has listened yet. */
  #listeners: Set<Listener> | undefined;

  constructor(limit: number, memory: JournalMemory) {
    this.limit = limit;
    this.limitBytes = journalBytes(limit);
    this.#memory = memory;
  }

  get size(): number {
    return this.#entries.length - this.#start;
  }

  /** Number of listeners. */
  get listeners(): number {
    return this.#listeners?.size ?? 0;
  }

  /** The id of the latest entry; 0 if there was none. */
  get lastId(): number {
    return this.#lastId;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Adds an entry when its request begins, so that requests without an answer are recorded too. */
  open(entry: JournalEntry): void {
    this.#entries.push(entry);
    this.#addWeight(entry, weightAtOpening(entry));
    if (this.size > this.limit) this.#drop();
  }

  /**
   * Weighs a complete entry and passes it to the listeners. Returns what listeners threw: they are removed, and the
   * request goes on.
   */
  close(entry: JournalEntry): readonly Error[] {
    // 0: it was dropped in the meantime
    if (entry.weight > 0) this.#addWeight(entry, addedWeight(entry));
    const listeners = this.#listeners;
    if (listeners === undefined || listeners.size === 0) return noErrors;
    const errors: Error[] = [];
    for (const listener of listeners) {
      try {
        listener.entry(entry);
      } catch (error) {
        listeners.delete(listener);
        errors.push(error as Error);
      }
    }
    return errors;
  }

  #addWeight(entry: JournalEntry, bytes: number): void {
    entry.weight += bytes;
    this.#count(bytes);
    while (this.bytes > this.limitBytes) this.#drop();
    this.#memory.enforce();
  }

  #count(bytes: number): void {
    this.bytes += bytes;
    this.#memory.count(this, bytes);
  }

  /** Drops the oldest entries until the journal takes at most this many bytes. */
  shrinkTo(bytes: number): void {
    while (this.bytes > bytes && this.size > 0) this.#drop();
  }

  #drop(): void {
    const oldest = this.#entries[this.#start] as JournalEntry;
    this.#entries[this.#start] = undefined;
    this.#start += 1;
    // not at each drop: removing the first place moves all others
    if (this.#start > 64 && this.#start * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#start);
      this.#start = 0;
    }
    this.dropped += 1;
    this.#forget(oldest);
  }

  #forget(entry: JournalEntry): void {
    this.#count(-entry.weight);
    entry.weight = 0;
    this.#memory.views.delete(entry);
    this.#memory.briefViews.delete(entry);
  }

  /** All entries, oldest first. */
  entries(): JournalEntry[] {
    return this.#entries.slice(this.#start) as JournalEntry[];
  }

  /** The entry with an id. Undefined if there is none, or if it was dropped. */
  find(id: number): JournalEntry | undefined {
    const found = this.next(id - 1);
    return found?.id === id ? found : undefined;
  }

  /** The oldest entry with a greater id. */
  next(id: number): JournalEntry | undefined {
    // ids ascend: a search by halves
    let [low, high] = [this.#start, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle] as JournalEntry).id > id) high = middle;
      else low = middle + 1;
    }
    return this.#entries[low];
  }

  /** Removes all entries, and the count of dropped ones. */
  clear(): void {
    for (const entry of this.entries()) this.#forget(entry);
    this.#entries = [];
    this.#start = 0;
    this.dropped = 0;
  }

  /**
   * Registers callbacks for each completed entry and for the end of the journal. Returns a function that removes them.
   */
  listen(entry: Listener['entry'], ended?: Listener['ended']): () => void {
    const listener = { entry, ended };
    const listeners = (this.#listeners ??= new Set<Listener>());
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Ends the journal: its world was dropped or replaced, and no entries follow. */
  end(): void {
    for (const listener of this.#listeners ?? []) listener.ended?.();
    this.#listeners?.clear();
  }
}
