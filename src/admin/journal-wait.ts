import { parseDuration } from '../input/duration.js';
import { conflict, invalid } from './admin-error.js';
import { isComplete } from './journal-filter.js';
import { checkListeners } from './journal-listeners.js';
import { longestCallSeconds } from './schemas/journal.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { EntryTest } from './journal-filter.js';

/** Parses the timeout of a waiting call. In milliseconds of real time. */
export function readTimeout(timeout: string | undefined): number {
  const seconds = parseDuration(timeout ?? '5s');
  if (seconds !== undefined && seconds <= longestCallSeconds) return seconds * 1000;
  throw invalid([
    {
      path: 'timeout',
      message: `expected a duration of at most ${longestCallSeconds}s, got ${JSON.stringify(timeout)}`,
    },
  ]);
}

/**
 * Finds the first complete entry that is wanted. If the journal has none, waits for one.
 *
 * @param ms how long to wait, in real time
 * @param closed aborts when the caller closes its connection
 * @returns undefined after the timeout, or if the caller closed its connection
 * @throws AdminError 409 if the world is dropped or replaced while waiting, 429 if too many calls wait
 */
export async function waitForEntry(
  world: World,
  isWanted: EntryTest,
  ms: number,
  closed: AbortSignal,
): Promise<JournalEntry | undefined> {
  const existing = world.journal.entries().find((entry) => isComplete(entry) && isWanted(entry));
  if (existing !== undefined) return existing;
  checkListeners(world);
  return nextEntry(world, isWanted, ms, closed);
}

function nextEntry(
  world: World,
  isWanted: EntryTest,
  ms: number,
  closed: AbortSignal,
): Promise<JournalEntry | undefined> {
  return new Promise((resolve, reject) => {
    const stopWaiting = (): void => {
      clearTimeout(timer);
      stopListening();
    };
    const giveUp = (): void => {
      stopWaiting();
      resolve(undefined);
    };
    const timer = setTimeout(giveUp, ms);
    const stopListening = world.journal.listen(
      (entry) => {
        if (!isWanted(entry)) return;
        stopWaiting();
        resolve(entry);
      },
      () => {
        stopWaiting();
        reject(
          conflict('World was dropped', 'The world was dropped or replaced, or the server stopped, during the wait.'),
        );
      },
    );
    closed.addEventListener('abort', giveUp, { once: true });
  });
}
