/** Maximum nesting of a document. Recursive readers of deeper documents exhaust their stack. */
export const deepest = 100;

/**
 * Whether a value is nested deeper than `deepest`. The search is iterative, so that it does not exhaust the stack
 * itself.
 */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    );
  }
  return false;
}
