/** Characters that a terminal takes for a command, that end a line, or that change the direction of writing. */
const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
/** Characters that change the direction of writing: they reverse the order in which the text around them is shown. */
const bidiControls = /\p{Bidi_Control}/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text for a terminal: characters that control it are written as `\u001b`. */
export const printable = (text: string): string => text.replaceAll(unprintable, escaped);

/** Text for people: characters that change the direction of writing are written as `\u202e`. */
export const escapeBidi = (text: string): string => text.replaceAll(bidiControls, escaped);
