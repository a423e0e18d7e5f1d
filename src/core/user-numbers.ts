import { SharedMap } from './shared-map.js';

/** The numbers of users, as of rows in a database: from 1, in the order in which they came. None is used twice. */
export class UserNumbers {
  readonly #numbers: SharedMap<number>;
  #last: number;

  /** @param first the numbers of the first users */
  constructor(first: ReadonlyMap<string, number>) {
    this.#numbers = new SharedMap(first);
    this.#last = first.size;
  }

  /**
   * The number of a user. Undefined if there is no such user.
   *
   * @param users gives the ids of all users. Those without a number get one
   */
  of(id: string, users: () => Iterable<string>): number | undefined {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    for (const each of users()) if (!this.#numbers.has(each)) this.#numbers.set(each, (this.#last += 1));
    return this.#numbers.get(id);
  }

  delete(id: string): void {
    this.#numbers.delete(id);
  }
}
