import { AdminError } from './admin-error.js';
import type { World } from '../world/world.js';

/** Largest number of calls that follow or wait for one journal at the same time: each keeps a connection open. */
const listenersLimit = 1000;

/** Throws a 429 where too many calls listen to the journal of a world. */
export function checkListeners({ journal }: World): void {
  if (journal.listeners < listenersLimit) return;
  throw new AdminError(429, 'Too many waiting', `${listenersLimit} calls wait for this journal already.`);
}
