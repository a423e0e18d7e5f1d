import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../config/option.js';
import type { Part } from './facts.js';

/**
 * Makes a temporary folder that only this user can read.
 *
 * @throws UsageError
 */
export function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'understudy-run-'));
  } catch (error) {
    throw new UsageError(`a temporary folder cannot be made: ${(error as Error).message}; TMPDIR names another place`);
  }
}

/** Removes a folder with everything in it. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Writes the files of a part into the folder. */
export function writeFiles(folder: string, { files = new Map() }: Part): void {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Reads a text file. Returns undefined if it cannot be read. */
export function readIfPossible(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
