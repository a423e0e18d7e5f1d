import { distance } from 'fastest-levenshtein';

/** The word that was probably meant, or, where none is near, all that are known. */
export function suggest(given: string, known: readonly string[]): string {
  return didYouMean(given, known) || `; known: ${known.join(', ') || 'none'}`;
}

/** `; did you mean "redirectUris"?` where a known word is near enough, or nothing. */
export function didYouMean(given: string, known: readonly string[]): string {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(given.length / 3)) + 1;
  for (const word of known) {
    const away = distance(given.toLowerCase(), word.toLowerCase());
    if (away < least) [best, least] = [word, away];
  }
  return best === undefined ? '' : `; did you mean ${JSON.stringify(best)}?`;
}
