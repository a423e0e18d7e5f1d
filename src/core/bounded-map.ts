/** Node of a doubly linked list, ordered from the oldest key to the newest. */
interface Entry<V> {
  readonly key: string;
  value: V;
  older: Entry<V> | undefined;
  newer: Entry<V> | undefined;
}

/**
 * A map that has become large is split into this many `Map`s, a power of two. A `Map` that outgrows its table copies
 * all of its entries in one insertion: with keys of 43 characters, that pause is about 50 ms at 262,144 entries and 375
 * ms at 524,288.
 */
const partsOfLarge = 64;
/** Maximum entries of a single `Map`. Splitting it takes two milliseconds. */
const small = 8192;
const none: readonly never[] = [];

/**
 * A map with a size limit and incremental eviction. Each insertion checks the next two entries and removes those that
 * are done, so no insertion scans the whole map. Up to `keepDone` entries are kept even if they are done: a lookup can
 * then tell an expired token from one that was never issued.
 */
export class BoundedMap<V> {
  /** Number of entries that were removed because of the limit. */
  evicted = 0;
  size = 0;
  /** Entries by key, from the first one on. Undefined in a map that has become large: it has parts. */
  #entries: Map<string, Entry<V>> | undefined;
  #parts: readonly Map<string, Entry<V>>[] = none;
  #oldest: Entry<V> | undefined;
  #newest: Entry<V> | undefined;
  /** Cursor of the incremental eviction scan. */
  #scan: Entry<V> | undefined;
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
    return this.#mapOf(key)?.get(key)?.value;
  }

  has(key: string): boolean {
    return this.#mapOf(key)?.has(key) === true;
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
    const entry = this.#mapOf(key)?.get(key);
    if (entry !== undefined) this.#remove(entry);
    return entry !== undefined;
  }

  set(key: string, value: V): void {
    if (this.size === small && this.#entries !== undefined) this.#split(this.#entries);
    const map = this.#mapOf(key) ?? (this.#entries = new Map<string, Entry<V>>());
    const known = map.get(key);
    if (known === undefined) map.set(key, this.#append(key, value));
    else known.value = value;
    if (this.size > this.#keepDone) this.#removeSomeDone();
    if (this.size > this.#limit) this.#evictOldest();
  }

  /** The map that has a key or takes it. Undefined: there are no entries yet. */
  #mapOf(key: string): Map<string, Entry<V>> | undefined {
    return this.#entries ?? this.#parts[partIndex(key)];
  }

  #split(entries: ReadonlyMap<string, Entry<V>>): void {
    this.#entries = undefined;
    this.#parts = Array.from({ length: partsOfLarge }, () => new Map<string, Entry<V>>());
    for (const [key, entry] of entries) this.#mapOf(key)?.set(key, entry);
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
    this.#mapOf(key)?.delete(key);
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
}

/** Index of the part of a key, from its last two characters: they are random in tokens. A missing one counts as 0. */
function partIndex(key: string): number {
  const { length } = key;
  return (key.charCodeAt(length - 1) * 7 + key.charCodeAt(length - 2)) & (partsOfLarge - 1);
}
