/** The part before the first separator, and the part after it or undefined. */
export function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** The parameters of a query by name. A repeated parameter is a list. */
export function parametersOf(query: string): Record<string, string | string[]> {
  const parameters = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    const earlier = parameters.get(name);
    if (earlier === undefined) parameters.set(name, value);
    else if (typeof earlier === 'string') parameters.set(name, [earlier, value]);
    else earlier.push(value);
  }
  return Object.fromEntries(parameters);
}

/** Decodes application/x-www-form-urlencoded text. Returns undefined if it is not well-formed. */
export function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
