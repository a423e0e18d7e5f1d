import { AdminError } from './admin-error.js';
import type { World } from '../world/world.js';

/** Maximum number of concurrent calls that stream or wait for one journal. Each keeps a connection open. */
const listenersLimit = 1000;

/** Throws a 429 if too many calls listen to the journal of a world. */
export function checkListeners({ journal }: World): void {
  if (journal.listeners < listenersLimit) return;
  throw new AdminError(
    429,
    'Too many waiting calls',
    `${listenersLimit} calls already wait for this journal, which is the limit.`,
  );
}
