import { reasons } from '../core/errors.js';
import { viewEntry } from '../world/journal/entry-view.js';
import { groupBy } from './evidence.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { RequestLine } from './request-line.js';
import type { ReportText } from './report-text.js';

/** Requests that were refused for one reason. */
export interface RefusedFor {
  readonly count: number;
  /** The first of these requests. */
  readonly request: RequestLine;
  /** Ids of the journal entries, the first ones. */
  readonly entries: readonly number[];
  /** The users of these entries. */
  readonly userIds: readonly string[];
  /** What is true of all of these requests. Null: no reason is known. */
  readonly description: string | null;
  /** The journal's explanation of that request. */
  readonly explanation: string;
}

/** How many requests of a world were refused, and why. */
export interface Refusals {
  readonly count: number;
  /** The most frequent reasons first. */
  readonly reasons: readonly RefusedFor[];
  /** Number of further reasons that are not shown. */
  readonly more: number;
}

/** Maximum number of reasons in a report, and of entries of a reason. */
const shown = 5;
const shownEntries = 20;

/**
 * Counts the refused requests of a world. Answers of faults are left out, because the scenario wants them, and denials
 * of the user too. Undefined if nothing was refused.
 */
export function refusalsOf(world: World, text: ReportText): Refusals | undefined {
  const refused = world.journal.entries().filter(isRefused);
  if (refused.length === 0) return undefined;
  const byReason = [
    ...groupBy(refused, ({ provider, endpoint, reason, status }) =>
      JSON.stringify([provider, endpoint, reason, status]),
    ).values(),
  ].sort((a, b) => b.length - a.length);
  return {
    count: refused.length,
    reasons: byReason.slice(0, shown).map((group) => {
      const [first] = group as [JournalEntry];
      const [request] = text.requests([first.id]) as [RequestLine];
      const entries = group.slice(0, shownEntries).map(({ id }) => id);
      return {
        count: group.length,
        request,
        entries,
        userIds: text.userIds(entries),
        description: first.reason === undefined ? null : reasons[first.reason].description,
        explanation: String(viewEntry(first, world).explanation),
      };
    }),
    more: Math.max(0, byReason.length - shown),
  };
}

function isRefused({ reason, status, fault }: JournalEntry): boolean {
  return fault === undefined && reason !== 'authorize.denied' && (reason !== undefined || Number(status) >= 400);
}
