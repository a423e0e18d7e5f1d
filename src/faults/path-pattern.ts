/**
 * Makes a function that matches paths against a pattern with `*` wildcards. It takes linear time, without backtracking.
 */
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

/** Whether a path matches a pattern. */
export function matchesPath(pattern: string, path: string): boolean {
  return pathMatcher(pattern)(path);
}

/** The first segment of a path or pattern in lower case. Undefined if the pattern has a wildcard in it. */
export function firstSegment(path: string): string | undefined {
  const [segment] = /^\/[^/*]*(?=\/|$)/.exec(path) ?? [];
  return segment?.toLowerCase();
}
