import { wordsForNothing } from '../world/journal/words-for-nothing.js';

const empty: ReadonlySet<string> = new Set(['', 'false', ...wordsForNothing.map((word) => word.toLowerCase())]);

/** Whether a token is no token: it is empty, or a word that languages write for nothing. */
export const isEmptyToken = (token: string): boolean => empty.has(token.toLowerCase());
