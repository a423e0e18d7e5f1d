/** An entry between its neighbours, oldest first. */
interface Entry<V> {
  readonly key: string;
  value: V;
  older: Entry<V> | undefined;
  newer: Entry<V> | undefined;
}

/** A `Map` moves all that it holds when it outgrows its table: of a million entries a client would notice that, of a part not. */
const partsOfLarge = 64;
const small = 10_000;

/**
 * A map that stays small without ever sweeping: each insertion looks at the next few entries, in a round, and forgets
 * those that are done. Entries that are done are kept while there are few, so that "expired" is told from "never issued".
 */
export class BoundedMap<V> {
  /** How many entries were dropped although they were not done, because the limit was met. */
  evicted = 0;
  size = 0;
  /** Entries by key, in tables of their own that are made when they are needed. */
  readonly #parts: (Map<string, Entry<V>> | undefined)[] = [];
  #oldest: Entry<V> | undefined;
  #newest: Entry<V> | undefined;
  /** Where the round goes on. */
  #next: Entry<V> | undefined;
  /** One less than the number of parts, which is a power of two. */
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

  /** In the order in which their keys were first set. */
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
    // two looks for each insertion: the round overtakes the growth
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

  /** Tokens end in random letters; of a key without a second letter, the operator makes 0. */
  #partOf(key: string): number {
    const { length } = key;
    return (key.charCodeAt(length - 1) * 7 + key.charCodeAt(length - 2)) & this.#mask;
  }
}
