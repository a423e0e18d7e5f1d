/**
 * Cases whose answer differs from Doorkeeper's on purpose, with the reason. `docs/providers/dottedsign.md` shows them. A
 * test fails if a case that is not here differs, and if a case that is here does not.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  'neighbour//oauth/applications':
    "Doorkeeper's page for the registration of clients is 403 for a user who is no administrator. Understudy has no such page and answers 404: clients are registered by a scenario or the admin API.",
};
