/** Characters with a meaning in Markdown or in embedded HTML. CommonMark §2.4 allows a backslash before them. */
const punctuation = /[\\`*_[\]<>#!|~&$@]/g;
const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '@': '&#64;' }),
);

/** Plain text in one line of Markdown: without markup, links, mentions and control characters. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '\uFFFD')
    .trim()
    .replaceAll(punctuation, (character) => entities.get(character) ?? `\\${character}`)
    .replaceAll('://', '&#58;//')
    .replaceAll(/www\./gi, 'www&#46;');
}
