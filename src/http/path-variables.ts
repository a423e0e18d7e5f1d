type Values = Readonly<Record<string, string | undefined>>;

const variable = /:(\w+)/g;

/** A path with values in the place of its variables: `/:tenant/token` becomes `/mine/token`. */
export const filledPath = (pattern: string, values: Values): string =>
  pattern.includes(':') ? pattern.replaceAll(variable, (whole, name: string) => values[name] ?? whole) : pattern;

/** Whether a path is one of those that a pattern stands for. */
export function isPathOf(pattern: string, path: string): boolean {
  if (!pattern.includes(':')) return pattern === path;
  const literal = pattern.split(variable).map((part, i) => (i % 2 === 0 ? escaped(part) : '[^/]+'));
  return new RegExp(`^${literal.join('')}$`).test(path);
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
