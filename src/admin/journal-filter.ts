import { isInstant } from '../input/instant.js';
import { viewEntry } from '../world/journal/entry-view.js';
import { matchesEntry } from '../world/journal/match.js';
import { matchMistakes } from '../world/scenario/check-expectations.js';
import { invalid } from './admin-error.js';
import type { EntryView } from '../world/journal/entry-view.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { JournalFilter } from './schemas/journal.js';

/** Tells whether an entry is asked for. */
export type EntryTest = (entry: EntryView) => boolean;

/** Makes the test of a filter. Throws a 400 where the filter can match nothing. */
export function entryTest({ since, ...match }: JournalFilter, { providers }: Worlds): EntryTest {
  const mistakes = matchMistakes(match, providers);
  if (mistakes.length > 0) throw invalid(mistakes);
  const isLater = sinceTest(since);
  return (entry) => isLater(entry) && matchesEntry(match, entry);
}

/** `since` is the id of an entry, which is itself left out, or a point in virtual time, which is included. */
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

/** All entries of a world's journal, oldest first, with secrets hidden as the world wants it. */
export const entriesOf = (world: World): EntryView[] => world.journal.entries().map((entry) => viewEntry(entry, world));

/** Tells whether the answer of the request has ended. */
export const isComplete: EntryTest = ({ durationMs }) => durationMs !== undefined;
