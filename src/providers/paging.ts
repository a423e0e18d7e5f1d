/** A whole number of a query that is text, or what stands in for one that is missing or none. */
export function whole(value: unknown, otherwise: number): number {
  const number = Number(value);
  return value !== undefined && value !== '' && Number.isSafeInteger(number) && number >= 0 ? number : otherwise;
}

/** A page of a list, counted from 0; beyond the end it is empty, so that whoever reads on until then comes to an end. */
export function pageOf<T>(items: readonly T[], number: number, size: number): T[] {
  return items.slice(number * size, (number + 1) * size);
}
