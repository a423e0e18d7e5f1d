import { watch } from 'node:fs';

/** Wait before reading a changed file, because editors write in several steps. In milliseconds. */
const settleMs = 100;

/**
 * Calls back after the files of a folder changed. Returns a function that stops watching.
 *
 * @param failed gets what the callback and the watcher throw
 */
export function watchFolder(folder: string, changed: () => Promise<void>, failed: (error: Error) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void changed().catch(failed), settleMs);
  });
  watcher.on('error', failed);
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
