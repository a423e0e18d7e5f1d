/** What languages write for a value that is not there, as they write it. */
export const wordsForNothing = ['undefined', 'null', 'None', 'nil', 'NaN', '(null)', '[object Object]'] as const;

const escaped = wordsForNothing.map((word) => word.replaceAll(/[()[\]]/g, '\\$&'));
/** Texts that programs write for a value that they do not have. */
const nothing = new RegExp(`^(?:${escaped.join('|')}|true|false|\\[object \\w{1,30}\\])$`, 'i');
/** Words that belong beside a value. */
const labels = /^(?:bearer|basic|token|access_token|refresh_token|code|authorization)$/i;

/** Whether a text is a word where a value belongs, such as `undefined`. It is no secret, and the journal shows it. */
export const isWordForNothing = (text: string): boolean => nothing.test(text) || labels.test(text);

/** Variables of templates that were not replaced. */
const placeholders = [
  /^\{\{.*\}\}$/s,
  /^\$(?:\{.*\}|\(.*\)|[A-Za-z_]\w*)$/s,
  /^(?:<[\w -]+>|%[A-Za-z_]\w*%|%[sv@]|\{[\w.]*\})$/,
  /^your[_ -]/i,
];

/** What a text is if a program wrote it for a value that it does not have. Completes "it is …". */
export function describeNothing(text: string): string | undefined {
  const word = text.trim();
  if (word === '') return text === '' ? 'empty' : 'white space only';
  return nothing.test(word)
    ? `the text "${word}", which a program writes for a value that it does not have`
    : undefined;
}

/** What a text is if it is a placeholder. Completes "it is …". */
export const describePlaceholder = (text: string): string | undefined =>
  placeholders.some((each) => each.test(text)) ? 'a placeholder of a template that was not replaced' : undefined;

/** What a text is if it is a word or blank instead of a value. Completes "it is …". */
export function describeWord(text: string): string | undefined {
  const word = text.trim();
  const described = describeNothing(text);
  if (described !== undefined) return described;
  return labels.test(word) ? `the word "${word}" instead of a value` : undefined;
}
