import { rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** How long a lock counts, and how often it is looked at, in milliseconds. */
const lockedMs = 10_000;
const lockCheckMs = 50;

/**
 * Does something while no other process does it. A lock whose owner was stopped counts for ten seconds.
 *
 * @param lock a file that exists meanwhile
 * @param now milliseconds since the epoch
 */
export async function whileLocked<T>(lock: string, now: number, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      await writeFile(lock, '', { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > lockedMs) await rm(lock, { force: true });
    else await setTimeout(lockCheckMs);
  }
  try {
    return await act();
  } finally {
    await rm(lock, { force: true });
  }
}
