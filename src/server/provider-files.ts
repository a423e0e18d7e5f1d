import { watch } from 'node:fs';
import { UsageError } from '../config/option.js';
import { formatMistake } from '../input/document/files.js';
import { ProviderFiles } from '../providers/files/library.js';
import type { FastifyBaseLogger } from 'fastify';
import type { Worlds } from '../world/worlds.js';

/** Wait before reading a changed file, because editors write in several steps. In milliseconds. */
const settleMs = 100;

/**
 * Opens a folder of provider files.
 *
 * @throws UsageError if the folder cannot be read or a file has mistakes
 */
export function openProviderFiles(folder: string): ProviderFiles {
  const files = new ProviderFiles(folder);
  const mistakes = readFolder(files);
  if (mistakes.length === 0) return files;
  throw new UsageError(`invalid providers:\n${mistakes.join('\n')}`);
}

function readFolder(files: ProviderFiles): string[] {
  try {
    return files.read().map(formatMistake);
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`the folder of providers ${JSON.stringify(files.folder)} cannot be read: ${message}`);
  }
}

/**
 * Reads the folder again when it changes. A file with mistakes leaves its last good version in force.
 *
 * @returns a function that stops watching
 */
export function watchProviderFiles(files: ProviderFiles, worlds: Worlds, log: FastifyBaseLogger): () => void {
  let timer: NodeJS.Timeout | undefined;
  const failed = (error: Error): void => {
    log.error(`the providers are unchanged: ${error.message}`);
  };
  const watcher = watch(files.folder, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        reload(files, worlds, log);
      } catch (error) {
        failed(error as Error);
      }
    }, settleMs);
  });
  watcher.on('error', failed);
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

function reload(files: ProviderFiles, worlds: Worlds, log: FastifyBaseLogger): void {
  const before = files.providers;
  for (const mistake of readFolder(files)) log.error(`the provider is unchanged: ${mistake}`);
  const now = files.providers;
  const changed = [...now.filter((each) => !before.includes(each)), ...before.filter((each) => !now.includes(each))];
  if (changed.length === 0) return;
  worlds.redefine(now);
  const names = [...new Set(changed.map(({ name }) => name))].join(', ');
  log.warn(`providers changed: ${names}; their clients, users and tokens begin anew`);
}
