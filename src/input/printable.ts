/** Characters that a terminal takes for a command, that end a line, or that change the direction of writing. */
const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Text for a terminal: characters that control it are written as `\u001b`. */
export const printable = (text: string): string =>
  text.replaceAll(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
