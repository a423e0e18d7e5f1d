/** Ids of all findings, in the order of the reference page. Loads the rules at the first call, not at start. */
export async function findingIds(): Promise<readonly string[]> {
  const { ruleIds } = await import('./rules/index.js');
  return ruleIds;
}

/**
 * A replacer for `JSON.stringify` that adds the ids to a schema wherever a document names a finding, so that editors
 * complete them. The schema itself belongs to the world, which does not know the findings.
 */
export function namingFindings(ids: readonly string[]): (name: string, value: unknown) => unknown {
  return (_name, value) => {
    if (typeof value !== 'object' || value === null || !('x-names' in value)) return value;
    const { 'x-names': _, minLength: __, maxLength: ___, ...rest } = value as Record<string, unknown>;
    return { ...rest, enum: ids };
  };
}
