/** A text as one word of a POSIX shell. A shell cannot pass U+0000, so it is left out. */
export const shellWord = (text: string): string => {
  const passed = text.replaceAll('\u0000', '');
  return /^[\w@%+=:,./-]+$/.test(passed) ? passed : `'${passed.replaceAll("'", `'\\''`)}'`;
};
