const anywhere = /fp:[0-9a-f]{12}/g;

/** A part of a text. */
export interface Piece {
  readonly text: string;
  /** Whether it is the fingerprint of a secret. */
  readonly isFingerprint: boolean;
}

/** Splits a text at the fingerprints of secrets. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(anywhere)) {
    if (index > from) pieces.push({ text: text.slice(from, index), isFingerprint: false });
    pieces.push({ text: found, isFingerprint: true });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isFingerprint: false });
  return pieces;
}

/** Whether a text has a fingerprint in the place of a secret. */
export const hasFingerprint = (text: string): boolean => text.search(anywhere) >= 0;

/** The ids of the entries in which a fingerprint occurs, in their order. */
export const entriesWith = (fingerprint: string, entries: readonly { readonly id: number }[]): number[] =>
  entries.filter((entry) => JSON.stringify(entry).includes(fingerprint)).map(({ id }) => id);
