import { isInstant } from '../input/instant.js';
import { matchesFacts } from '../world/journal/match-facts.js';
import { matchMistakes } from '../world/scenario/check-expectations.js';
import { invalid } from './admin-error.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { JournalFilter } from './schemas/journal.js';

/** Whether a filter selects an entry. It looks at facts alone, so nothing has to be redacted for it. */
export type EntryTest = (entry: JournalEntry) => boolean;

/** Makes the test of a filter. Throws a 400 if the filter has unknown names, which match no entry. */
export function entryTest({ since, ...match }: JournalFilter, world: World, { providers }: Worlds): EntryTest {
  const mistakes = matchMistakes(match, providers);
  if (mistakes.length > 0) throw invalid(mistakes);
  const isLater = sinceTest(since);
  const hasConditions = Object.keys(match).length > 0;
  return hasConditions ? (entry) => isLater(entry) && matchesFacts(match, entry, world.fingerprintKey) : isLater;
}

/** `since` is the id of an entry (exclusive) or a point in virtual time (inclusive). */
function sinceTest(since: string | undefined): EntryTest {
  if (since === undefined) return () => true;
  if (/^\d+$/.test(since)) return ({ id }) => id > Number(since);
  if (isInstant(since)) return ({ at }) => at >= Date.parse(since);
  throw invalid([
    {
      path: 'since',
      message: `expected an entry id or a point in time such as 2026-01-01T00:00:00Z, got ${JSON.stringify(since)}`,
    },
  ]);
}

/** Whether the answer to the request is complete. */
export const isComplete: EntryTest = ({ durationMs }) => durationMs !== undefined;
