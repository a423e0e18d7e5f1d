/** One mistake in a document: where it is, what is wrong and what was expected. */
export interface Mistake {
  /** Member names from the root, joined by dots: `providers.mailup.policy.code`. Empty for the document itself. */
  readonly path: string;
  readonly message: string;
}
