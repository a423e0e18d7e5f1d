/** A text as one word of a POSIX shell: in single quotation marks, unless it needs none (POSIX.1, 2.2.2). */
export const shellWord = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
