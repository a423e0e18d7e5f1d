/** Maximum length of an answer, in characters. Assistants refuse much longer ones, and pay for each. */
export const maxAnswerCharacters = 40_000;

/** Maximum numbers of items of a list that are tried one after the other, until the answer fits. */
const listLimits = [100, 30, 10, 3];

/** Maximum length of one text in an answer that does not fit, in characters. */
const maxTextCharacters = 2000;

/**
 * Writes an answer as JSON that is not too long: long lists lose items at their end, and say how many; long texts lose
 * their end.
 */
export function fittedText(value: unknown): string {
  let text = JSON.stringify(value);
  for (const most of listLimits) {
    if (text.length <= maxAnswerCharacters) return text;
    text = JSON.stringify(value, shorten(most));
  }
  return text.length <= maxAnswerCharacters ? text : `${text.slice(0, maxAnswerCharacters)}… (the rest is left out)`;
}

const shorten =
  (most: number) =>
  (_name: string, value: unknown): unknown => {
    if (typeof value === 'string' && value.length > maxTextCharacters) return `${value.slice(0, maxTextCharacters)}…`;
    if (!Array.isArray(value) || value.length <= most) return value;
    return [...(value as unknown[]).slice(0, most), `… and ${value.length - most} more`];
  };
