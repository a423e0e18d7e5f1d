/** How deep a document may be nested: deeper ones exhaust the stack of whatever reads them. */
export const deepest = 100;

/** Whether a value is nested deeper than a document may be. */
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
