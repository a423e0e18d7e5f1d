import type { Mistake } from './mistake.js';

/** The mistakes of a list in which two items have the same value of a member. */
export function repeats(
  values: readonly string[],
  path: string,
  { member, noun }: { readonly member: string; readonly noun: string },
): Mistake[] {
  const earlier = new Set<string>();
  return values.flatMap((value, i) => {
    // a value that is left out is no repetition
    const isRepeated = value !== '' && earlier.has(value);
    earlier.add(value);
    const message = `${JSON.stringify(value)} is already the ${member} of another ${noun}`;
    return isRepeated ? [{ path: `${path}.${i}.${member}`, message }] : [];
  });
}
