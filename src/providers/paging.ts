/** A non-negative integer from a query parameter, or the default if it is missing or not one. */
export function whole(value: unknown, otherwise: number): number {
  const number = Number(value);
  return value !== undefined && value !== '' && Number.isSafeInteger(number) && number >= 0 ? number : otherwise;
}

/**
 * One page of a list, counted from 0. Pages after the last one are empty, so a client that reads until an empty page
 * stops.
 */
export function pageOf<T>(items: readonly T[], number: number, size: number): T[] {
  return items.slice(number * size, (number + 1) * size);
}
