/** The part before the first separator, and the part after it or undefined. */
export function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** The parameters of a query by name. A repeated parameter is a list. */
export function parametersOf(query: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const [first, ...more] = parameters.getAll(name) as [string, ...string[]];
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}

/** Decodes application/x-www-form-urlencoded text. Returns undefined if it is not well-formed. */
export function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
