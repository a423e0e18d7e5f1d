import type { IncomingMessage } from 'node:http';

/**
 * The number of lines that a request has for one header. Of some headers Node keeps the first line alone, so that only
 * the raw list has all.
 *
 * @param name in lower case
 */
export function countHeaderLines({ rawHeaders }: IncomingMessage, name: string): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const each = rawHeaders[i] as string;
    // most names differ in length, and need no copy in lower case
    if (each.length === name.length && each.toLowerCase() === name) count += 1;
  }
  return count;
}

/**
 * Header lines in Node's raw list, names and values in turn, without some of them.
 *
 * @param isLeftOut gets a name in lower case
 */
export function withoutHeaders(rawHeaders: readonly string[], isLeftOut: (name: string) => boolean): string[] {
  return rawHeaders.filter((_, index) => !isLeftOut((rawHeaders[index - (index % 2)] as string).toLowerCase()));
}
