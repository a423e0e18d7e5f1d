/**
 * A map that has the content of another one until it is changed: thousands of realms have the clients and users of one
 * scenario.
 */
export class SharedMap<V> {
  #content: ReadonlyMap<string, V>;
  /** The content, once it is its own. */
  #own: Map<string, V> | undefined;

  constructor(shared: ReadonlyMap<string, V>) {
    this.#content = shared;
  }

  get size(): number {
    return this.#content.size;
  }

  get(key: string): V | undefined {
    return this.#content.get(key);
  }

  has(key: string): boolean {
    return this.#content.has(key);
  }

  keys(): MapIterator<string> {
    return this.#content.keys();
  }

  values(): MapIterator<V> {
    return this.#content.values();
  }

  set(key: string, value: V): this {
    this.#change().set(key, value);
    return this;
  }

  delete(key: string): boolean {
    return this.#change().delete(key);
  }

  clear(): void {
    this.#change().clear();
  }

  #change(): Map<string, V> {
    this.#own ??= new Map(this.#content);
    this.#content = this.#own;
    return this.#own;
  }
}
