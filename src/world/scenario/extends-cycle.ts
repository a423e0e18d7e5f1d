/** Says that scenarios extend each other in a circle: which ones they are. */
export const itself = (trail: readonly string[]): string => `the scenario extends itself: ${trail.join(' → ')}`;

/** The circle that a trail of scenarios leads into, in words; files in one are all bad, and that would say nothing. */
export function circleAfter(
  trail: readonly string[],
  parents: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const last = trail.at(-1);
  const parent = parents.get(String(last));
  // a file that extends its own name means the one that it stands before
  if (parent === undefined || parent === last) return undefined;
  return trail.includes(parent) ? itself([...trail, parent]) : circleAfter([...trail, parent], parents);
}
