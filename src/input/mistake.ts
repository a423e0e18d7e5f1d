/** One mistake in a document: where it is, what is wrong and what was expected. */
export interface Mistake {
  /** Member names from the root, joined by dots: `providers.mailup.policy.code`. Empty for the document itself. */
  readonly path: string;
  readonly message: string;
}

/** Maximum number of mistakes that are collected in one document. */
export const mistakeLimit = 100;

/**
 * The first mistakes of a document, at most `mistakeLimit`. If there are more, the last one says so, with the path of
 * the document. The search ends there: a lazy source is read no further.
 */
export function firstMistakes<M extends Mistake>(found: Iterable<M>): (M | Mistake)[] {
  const first: (M | Mistake)[] = [];
  for (const mistake of found) {
    if (first.length === mistakeLimit) {
      first.push(moreMistakes);
      break;
    }
    first.push(mistake);
  }
  return first;
}

const moreMistakes: Mistake = {
  path: '',
  message: `has more mistakes: the search ended after ${mistakeLimit}`,
};

/** Longest path of a mistake in an answer, in characters. */
export const pathLimit = 500;

/** A path as an answer quotes it: the names of members come from the document, and can be as long as it. */
export const quotedPath = (path: string): string => (path.length > pathLimit ? `${path.slice(0, pathLimit)}…` : path);
