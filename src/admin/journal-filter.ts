import { isInstant } from '../input/instant.js';
import { redactMatch } from '../world/journal/redact-match.js';
import { matchesEntry } from '../world/journal/verify.js';
import { matchMistakes } from '../world/scenario/check-expectations.js';
import { invalid } from './admin-error.js';
import type { Members } from '../input/members.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { Match } from '../world/journal/match.js';
import type { World } from '../world/world.js';
import type { JournalFilter } from './schemas/journal.js';

/** Whether a filter selects an entry. */
export type EntryTest = (entry: JournalEntry) => boolean;

/** A filter as it was understood. */
export interface ReadFilter {
  /** The conditions except `since`, with secrets as the journal shows them. */
  readonly match: Match;
  readonly isWanted: EntryTest;
}

/** Reads a filter. Throws a 400 if it has unknown names, which match no entry, or members that are no JSON. */
export function readFilter(filter: JournalFilter, world: World): ReadFilter {
  const { since, query, form, headers, ...facts } = filter;
  const mistakes = matchMistakes(facts, world.providers);
  if (mistakes.length > 0) throw invalid(mistakes);
  const isLater = sinceTest(since);
  const records = Object.entries({ query, form, headers }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, membersOf(name, text)] as const],
  );
  // the other conditions are no secrets, so they are compared as they are
  const match: Match = { ...facts, ...redactMatch(Object.fromEntries(records), world) };
  const hasConditions = Object.keys(match).length > 0;
  return { match, isWanted: hasConditions ? (entry) => isLater(entry) && matchesEntry(match, entry, world) : isLater };
}

function membersOf(name: string, text: string): Members {
  const value = parsed(text);
  if (value === undefined || !Object.values(value).every((each) => typeof each === 'string')) {
    const message = `expected a JSON object of texts such as {"name":"value"}, got ${JSON.stringify(text)}`;
    throw invalid([{ path: name, message }]);
  }
  return value as Members;
}

/** A JSON object. Undefined: the text is something else. */
function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
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
