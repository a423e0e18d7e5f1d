type Values = Readonly<Record<string, string | undefined>>;

const variable = /:(\w+)/g;

/**
 * A path with values in the place of its variables: `/:tenant/token` becomes `/mine/token`. Each value is encoded, so
 * that it stays one segment: a path that begins with `//` would be another host.
 */
export const filledPath = (pattern: string, values: Values): string =>
  pattern.includes(':')
    ? pattern.replaceAll(variable, (whole, name: string) => encoded(values[name]) ?? whole)
    : pattern;

const encoded = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : encodeURIComponent(value);

/** A path as a provider file writes it, for people: `/:tenant/token` becomes `/{tenant}/token`. */
export const writtenPath = (pattern: string): string => pattern.replaceAll(variable, '{$1}');

/** Whether a path is one of those that a pattern stands for. */
export function isPathOf(pattern: string, path: string): boolean {
  if (!pattern.includes(':')) return pattern === path;
  const literal = pattern.split(variable).map((part, i) => (i % 2 === 0 ? escaped(part) : '[^/]+'));
  return new RegExp(`^${literal.join('')}$`).test(path);
}

/** The values of the variables of a pattern in a path. Undefined: the path is none of those that it stands for. */
export function valuesIn(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const names = pattern.split('/');
  const segments = path.split('/');
  const isMatch = names.length === segments.length && names.every((name, i) => isSame(name, segments[i] as string));
  if (!isMatch) return undefined;
  return Object.fromEntries(
    names.flatMap((name, i) => (name.startsWith(':') ? [[name.slice(1), decoded(segments[i] as string)]] : [])),
  );
}

const isSame = (name: string, segment: string): boolean => (name.startsWith(':') ? segment !== '' : name === segment);

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
