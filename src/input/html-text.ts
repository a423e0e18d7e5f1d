/** The five characters that HTML text escapes, each with its entity: as Ruby, Java and template engines write them. */
export const htmlEntities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text with these five characters as entities. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (each) => htmlEntities.get(each) as string);
