/** One mistake in a document that somebody wrote: where it is, and what was expected. */
export interface Mistake {
  /** Member names from the root, joined by dots: `providers.mailup.policy.code`. Empty for the document itself. */
  readonly path: string;
  readonly message: string;
}
