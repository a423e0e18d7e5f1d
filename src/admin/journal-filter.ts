import { isInstant } from '../input/instant.js';
import { viewEntry } from '../world/journal/entry-view.js';
import { matchesEntry } from '../world/journal/match.js';
import { matchMistakes } from '../world/scenario/check-expectations.js';
import { invalid } from './admin-error.js';
import type { EntryView } from '../world/journal/entry-view.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { JournalFilter } from './schemas/journal.js';

/** Whether a filter selects an entry. */
export type EntryTest = (entry: EntryView) => boolean;

/** Makes the test of a filter. Throws a 400 if the filter has unknown names, which match no entry. */
export function entryTest({ since, ...match }: JournalFilter, { providers }: Worlds): EntryTest {
  const mistakes = matchMistakes(match, providers);
  if (mistakes.length > 0) throw invalid(mistakes);
  const isLater = sinceTest(since);
  return (entry) => isLater(entry) && matchesEntry(match, entry);
}

/** `since` is the id of an entry (exclusive) or a point in virtual time (inclusive). */
function sinceTest(since: string | undefined): EntryTest {
  if (since === undefined) return () => true;
  if (/^\d+$/.test(since)) return ({ id }) => id > Number(since);
  if (isInstant(since)) return ({ at }) => Date.parse(at) >= Date.parse(since);
  throw invalid([
    {
      path: 'since',
      message: `expected an entry id or a point in time such as 2026-01-01T00:00:00Z, got ${JSON.stringify(since)}`,
    },
  ]);
}

/** All entries of a world's journal, oldest first, with secrets redacted as the world requires. */
export const entriesOf = (world: World): EntryView[] => world.journal.entries().map((entry) => viewEntry(entry, world));

/** Whether the answer to the request is complete. */
export const isComplete: EntryTest = ({ durationMs }) => durationMs !== undefined;
