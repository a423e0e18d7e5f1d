/** Whether a path is the one of a pattern, in which `*` stands for anything; in one walk, however many there are. */
export function matchesPath(pattern: string, path: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === path;
  let at = path.startsWith(first) ? first.length : -1;
  for (const part of rest) {
    if (at < 0) return false;
    const found = path.indexOf(part, at);
    at = found < 0 ? -1 : found + part.length;
  }
  return at >= 0 && path.length - at >= last.length && path.endsWith(last);
}
