/**
 * Cases whose answer differs from Doorkeeper's on purpose, with the reason. `docs/providers/dottedsign.md` shows them. A
 * test fails if a case that is not here differs, and if a case that is here does not.
 */
export const knownDifferences: Readonly<Record<string, string>> = {};
