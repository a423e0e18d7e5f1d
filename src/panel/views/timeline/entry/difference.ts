/** A text, split where it differs from another one. The middle is empty if it only lacks something. */
export interface Difference {
  readonly before: string;
  readonly middle: string;
  readonly after: string;
}

/** Splits a text into the start that another text has too, what differs, and the end that the other has too. */
export function differenceFrom(text: string, other: string): Difference {
  const shorter = Math.min(text.length, other.length);
  let start = 0;
  while (start < shorter && text[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && text[text.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return {
    before: text.slice(0, start),
    middle: text.slice(start, text.length - end),
    after: text.slice(text.length - end),
  };
}
