/** The message about scenarios that extend each other in a cycle. */
export const cycleMessage = (trail: readonly string[]): string => `the scenario extends itself: ${trail.join(' → ')}`;

/**
 * The message about the cycle that a chain of scenarios leads into, or undefined. All files of a cycle have mistakes,
 * so a message that the base has mistakes would not help.
 */
export function findCycle(
  trail: readonly string[],
  parents: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const last = trail.at(-1);
  const parent = parents.get(String(last));
  // a file that extends its own name extends the built-in scenario of that name
  if (parent === undefined || parent === last) return undefined;
  return trail.includes(parent) ? cycleMessage([...trail, parent]) : findCycle([...trail, parent], parents);
}
