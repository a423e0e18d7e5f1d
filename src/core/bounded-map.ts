/** Node of a doubly linked list, ordered from the oldest key to the newest. */
interface Entry<V> {
  readonly key: string;
  value: V;
  older: Entry<V> | undefined;
  newer: Entry<V> | undefined;
}

/**
 * A map that has become large is split into this many `Map`s. A `Map` that outgrows its table copies all of its entries
 * in one insertion: with 43-character keys, that pause is about 50 ms at 262,144 entries and 375 ms at 524,288.
 */
const partsOfLarge = 64;
/** Maximum entries of a single `Map`. Splitting it takes two milliseconds. */
const small = 8192;

/**
 * A map with a size limit and incremental eviction. Each insertion checks the next two entries and removes those that
 * are done, so no insertion scans the whole map. Up to `keepDone` entries are kept even if they are done: a lookup can
 * then tell an expired token from one that was never issued.
 */
export class BoundedMap<V> {
  /** Number of entries that were removed because of the limit. */
  evicted = 0;
  size = 0;
  /** Entries by key. A part is created at its first insertion; a small map has one. */
  #parts: (Map<string, Entry<V>> | undefined)[] = [];
  #oldest: Entry<V> | undefined;
  #newest: Entry<V> | undefined;
  /** Cursor of the incremental eviction scan. */
  #scan: Entry<V> | undefined;
  /** Number of parts minus one. The number is a power of two, so this is a bit mask. */
  #mask = 0;
  readonly #limit: number;
  readonly #keepDone: number;
  readonly #isDone: (value: V, now: number) => boolean;
  readonly #now: () => number;

  /** @param options `isDone` gets the time of `now`, which is read once for an insertion; 0 without `now` */
  constructor(options: {
    limit: number;
    keepDone: number;
    now?: () => number;
    isDone: (value: V, now: number) => boolean;
  }) {
    this.#limit = options.limit;
    this.#keepDone = options.keepDone;
    this.#isDone = options.isDone;
    this.#now = options.now ?? (() => 0);
  }

  get(key: string): V | undefined {
    return this.#parts[this.#partIndex(key)]?.get(key)?.value;
  }

  has(key: string): boolean {
    return this.#parts[this.#partIndex(key)]?.has(key) === true;
  }

  /** Values in the order in which their keys were first set. */
  *values(): IterableIterator<V> {
    for (let entry = this.#oldest; entry !== undefined; entry = entry.newer) yield entry.value;
  }

  /** Keys in the order in which they were first set. */
  *keys(): IterableIterator<string> {
    for (let entry = this.#oldest; entry !== undefined; entry = entry.newer) yield entry.key;
  }

  /** Values in the opposite order of `values`: the newest key first. */
  *newestFirst(): IterableIterator<V> {
    for (let entry = this.#newest; entry !== undefined; entry = entry.older) yield entry.value;
  }

  delete(key: string): boolean {
    const entry = this.#parts[this.#partIndex(key)]?.get(key);
    if (entry !== undefined) this.#remove(entry);
    return entry !== undefined;
  }

  set(key: string, value: V): void {
    if (this.size === small && this.#mask === 0) this.#split();
    const part = this.#partOf(key);
    const known = part.get(key);
    if (known === undefined) part.set(key, this.#append(key, value));
    else known.value = value;
    if (this.size > this.#keepDone) this.#removeSomeDone();
    if (this.size > this.#limit) this.#evictOldest();
  }

  #partOf(key: string): Map<string, Entry<V>> {
    return (this.#parts[this.#partIndex(key)] ??= new Map<string, Entry<V>>());
  }

  #split(): void {
    this.#mask = partsOfLarge - 1;
    this.#parts = [];
    for (let entry = this.#oldest; entry !== undefined; entry = entry.newer) {
      this.#partOf(entry.key).set(entry.key, entry);
    }
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
    this.#parts[this.#partIndex(key)]?.delete(key);
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    if (this.#scan === entry) this.#scan = newer;
    this.size -= 1;
  }

  #removeSomeDone(): void {
    const now = this.#now();
    // two checks per insertion: the scan advances faster than the map grows
    for (let checks = 0; checks < 2; checks += 1) {
      const entry = this.#scan ?? this.#oldest;
      this.#scan = entry?.newer;
      if (entry !== undefined && this.#isDone(entry.value, now)) this.#remove(entry);
    }
  }

  #evictOldest(): void {
    if (this.#oldest !== undefined) this.#remove(this.#oldest);
    this.evicted += 1;
  }

  /** Index of the part of a key, from its last two characters: they are random in tokens. A missing one counts as 0. */
  #partIndex(key: string): number {
    const { length } = key;
    return (key.charCodeAt(length - 1) * 7 + key.charCodeAt(length - 2)) & this.#mask;
  }
}
