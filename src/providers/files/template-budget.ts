/** Most templates of the documents of one source: a template is read in about 0.2 ms, while no request is answered. */
const templateLimit = 10_000;

/** How many templates documents may still have. */
export class TemplateBudget {
  #spent = 0;

  /** Whether there are more templates than there may be. */
  get isOver(): boolean {
    return this.#spent > templateLimit;
  }

  /** How many were read. */
  get spent(): number {
    return this.#spent;
  }

  /** Whether so many more templates may be there. */
  has(count: number): boolean {
    return this.#spent + count <= templateLimit;
  }

  /** Counts templates that were read, or those of a provider that is not made again. */
  spend(count: number): void {
    this.#spent += count;
  }

  /** What is wrong if it is over. */
  static readonly message = `there are more than ${templateLimit} templates, with those of the other documents here`;
}
