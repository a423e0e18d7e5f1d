/** One entry of a doubly linked list, oldest entry first. */
interface Entry<V> {
  readonly key: string;
  value: V;
  older: Entry<V> | undefined;
  newer: Entry<V> | undefined;
}

/**
 * Number of shards. A `Map` copies all its entries when it grows, so one large map pauses longer than one of its
 * shards.
 */
const partsOfLarge = 64;
const small = 10_000;

/**
 * A map with a limit that needs no sweep over all entries: each insertion examines the next two entries and evicts
 * those that are done, in turn. Done entries are kept up to a number, so that "expired" can be distinguished from
 * "never issued".
 */
export class BoundedMap<V> {
  /** Number of entries that were evicted because of the limit although they were not done. */
  evicted = 0;
  size = 0;
  /** Shards by key. A shard is created with its first entry. */
  readonly #parts: (Map<string, Entry<V>> | undefined)[] = [];
  #oldest: Entry<V> | undefined;
  #newest: Entry<V> | undefined;
  /** Cursor of the incremental eviction scan. */
  #next: Entry<V> | undefined;
  /** Number of shards minus one. The number is a power of two, so this is a bit mask. */
  readonly #mask: number;
  readonly #limit: number;
  readonly #keepDone: number;
  readonly #isDone: (value: V) => boolean;

  constructor(options: { limit: number; keepDone: number; isDone: (value: V) => boolean }) {
    this.#mask = options.limit > small ? partsOfLarge - 1 : 0;
    this.#limit = options.limit;
    this.#keepDone = options.keepDone;
    this.#isDone = options.isDone;
  }

  get(key: string): V | undefined {
    return this.#parts[this.#partOf(key)]?.get(key)?.value;
  }

  has(key: string): boolean {
    return this.#parts[this.#partOf(key)]?.has(key) === true;
  }

  /** Values in the order in which their keys were first set. */
  *values(): IterableIterator<V> {
    for (let entry = this.#oldest; entry !== undefined; entry = entry.newer) yield entry.value;
  }

  delete(key: string): boolean {
    const entry = this.#parts[this.#partOf(key)]?.get(key);
    if (entry !== undefined) this.#remove(entry);
    return entry !== undefined;
  }

  set(key: string, value: V): void {
    const part = (this.#parts[this.#partOf(key)] ??= new Map<string, Entry<V>>());
    const known = part.get(key);
    if (known === undefined) part.set(key, this.#append(key, value));
    else known.value = value;
    if (this.size > this.#keepDone) this.#forgetSome();
    if (this.size > this.#limit) this.#evictOldest();
  }

  #append(key: string, value: V): Entry<V> {
    const entry: Entry<V> = { key, value, older: this.#newest, newer: undefined };
    if (this.#newest === undefined) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
    this.size += 1;
    return entry;
  }

  #remove(entry: Entry<V>): void {
    const { key, older, newer } = entry;
    this.#parts[this.#partOf(key)]?.delete(key);
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    if (this.#next === entry) this.#next = newer;
    this.size -= 1;
  }

  #forgetSome(): void {
    // Two entries for each insertion: the scan is faster than the growth.
    for (let looks = 0; looks < 2; looks += 1) {
      const entry = this.#next ?? this.#oldest;
      this.#next = entry?.newer;
      if (entry !== undefined && this.#isDone(entry.value)) this.#remove(entry);
    }
  }

  #evictOldest(): void {
    if (this.#oldest !== undefined) this.#remove(this.#oldest);
    this.evicted += 1;
  }

  /**
   * Shard by the last two characters, which are random in tokens. `charCodeAt` gives NaN for a missing one; `&` turns
   * it into 0.
   */
  #partOf(key: string): number {
    const { length } = key;
    return (key.charCodeAt(length - 1) * 7 + key.charCodeAt(length - 2)) & this.#mask;
  }
}
