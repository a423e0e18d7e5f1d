/** Returns the requested page of a list, and the length of the whole list. */
export function page<T>(
  items: readonly T[],
  { limit = 1000, offset = 0 }: { limit?: number | undefined; offset?: number | undefined },
): { items: T[]; total: number } {
  return { items: items.slice(offset, offset + limit), total: items.length };
}
