/** A section of the changelog: its date, if it has one, and its text. Undefined: there is none. */
export function sectionOf(
  changelog: string,
  version: string,
): { readonly date: string | undefined; readonly text: string } | undefined;
