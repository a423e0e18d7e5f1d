/** Makes what tells whether a path is one of a pattern, in which `*` stands for anything; in one walk, however many there are. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (path) => path === pattern;
  return (path) => {
    let at = path.startsWith(first) ? first.length : -1;
    for (const part of rest) {
      if (at < 0) return false;
      const found = path.indexOf(part, at);
      at = found < 0 ? -1 : found + part.length;
    }
    return at >= 0 && path.length - at >= last.length && path.endsWith(last);
  };
}

/** Whether a path is one of a pattern. */
export function matchesPath(pattern: string, path: string): boolean {
  return pathMatcher(pattern)(path);
}

/** The first segment of a path or of a pattern, in small letters; undefined for a pattern that leaves it open. */
export function firstSegment(path: string): string | undefined {
  const [segment] = /^\/[^/*]*(?=\/|$)/.exec(path) ?? [];
  return segment?.toLowerCase();
}
