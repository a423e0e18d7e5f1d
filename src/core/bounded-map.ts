/**
 * A map that stays small without ever sweeping: each insertion looks at the next few entries, in a round, and forgets
 * those that are done. Entries that are done are kept while there are few, so that "expired" is told from "never issued".
 */
export class BoundedMap<V> {
  /** How many entries were dropped although they were not done, because the limit was met. */
  evicted = 0;
  readonly #entries = new Map<string, V>();
  readonly #limit: number;
  readonly #keepDone: number;
  readonly #isDone: (value: V) => boolean;
  #round: Iterator<[string, V]>;

  constructor(options: { limit: number; keepDone: number; isDone: (value: V) => boolean }) {
    this.#limit = options.limit;
    this.#keepDone = options.keepDone;
    this.#isDone = options.isDone;
    this.#round = this.#entries.entries();
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  values(): IterableIterator<V> {
    return this.#entries.values();
  }

  delete(key: string): boolean {
    return this.#entries.delete(key);
  }

  set(key: string, value: V): void {
    this.#entries.set(key, value);
    if (this.#entries.size > this.#keepDone) this.#forgetSome();
    if (this.#entries.size > this.#limit) this.#evictOldest();
  }

  #forgetSome(): void {
    // two looks for each insertion: the round overtakes the growth
    for (let looks = 0; looks < 2; looks += 1) {
      const next = this.#round.next();
      if (next.done === true) {
        this.#round = this.#entries.entries();
        return;
      }
      const [key, value] = next.value;
      if (this.#isDone(value)) this.#entries.delete(key);
    }
  }

  #evictOldest(): void {
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
    this.evicted += 1;
  }
}
