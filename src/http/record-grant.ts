import { flowOf } from '../core/flow.js';
import type { Grant } from '../core/model.js';
import type { JournalEntry } from '../world/journal/entry.js';

/**
 * Records whose grant a request uses. It is called before the request is checked, so that the entry of a refusal has
 * flow, client and user as well.
 */
export function recordGrant(entry: JournalEntry, grant: Grant | undefined): void {
  if (grant === undefined) return;
  entry.flow = flowOf(grant);
  entry.clientId ??= grant.clientId;
  if (grant.userId !== undefined) entry.userId ??= grant.userId;
}
