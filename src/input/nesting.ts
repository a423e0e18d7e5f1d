/** Maximum nesting of a document. Recursive readers of deeper documents exhaust their stack. */
export const deepest = 100;

/** Whether a value is nested deeper than `deepest`. The search goes no deeper itself, so its own stack is bounded. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (depth > deepest) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((each) => isTooDeep(each, depth + 1));
  for (const name in value) if (isTooDeep((value as Record<string, unknown>)[name], depth + 1)) return true;
  return false;
}
