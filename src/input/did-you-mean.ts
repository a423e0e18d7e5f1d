import { distance } from 'fastest-levenshtein';

/** A longer text is no misspelt word, and its distance to others would take long. */
const longestWord = 200;

/** The end of a message about an unknown word: the nearest known word or, if none is near, all known words. */
export function suggest(given: string, known: readonly string[]): string {
  return didYouMean(given, known) || `; known: ${known.join(', ') || 'none'}`;
}

/** `; did you mean "redirectUris"?` if a known word is near, otherwise the empty string. */
export function didYouMean(given: string, known: readonly string[]): string {
  const word = nearest(given, known);
  return word === undefined ? '' : `; did you mean ${JSON.stringify(word)}?`;
}

/** The known words that are the least unlike a given one: at most five. */
export function nearestFew(given: string, known: readonly string[]): readonly string[] {
  return known
    .map((word) => ({ word, edits: distance(given.slice(0, longestWord), word) }))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 5)
    .map(({ word }) => word);
}

/** The known word of which a given one is probably a misspelling. Undefined: none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (given.length > longestWord) return undefined;
  const limit = Math.max(2, Math.floor(given.length / 3));
  const [first] = known
    .map((word) => ({ word, edits: distance(given.toLowerCase(), word.toLowerCase()) }))
    // of a word of two letters, two edits leave nothing
    .filter(({ word, edits }) => edits <= limit && edits < Math.min(word.length, given.length))
    .sort((a, b) => a.edits - b.edits);
  return first?.word;
}
