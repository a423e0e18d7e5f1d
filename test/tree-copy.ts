import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

/** The root of the repository, with a trailing slash. */
export const repository = fileURLToPath(new URL('..', import.meta.url));

/** Not copied: generated folders and large folders that are only read. */
const leftOut = new Set(['node_modules', 'dist', '.cache', '.tap', '.git', 'bench']);

/** What is installed into a folder of the repository, such as the generator of the site, is large too. */
const isOurs = (path: string): boolean => basename(path) !== 'node_modules';

/** Copies the repository into a temporary folder, with `node_modules` as a link, and removes the copy after the test. */
export function copyTree(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-copy-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const name of readdirSync(repository).filter((each) => !leftOut.has(each))) {
    cpSync(join(repository, name), join(folder, name), { recursive: true, filter: isOurs });
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'dir');
  // what does not change in the copy is not compiled again
  mkdirSync(join(repository, '.cache/compiled'), { recursive: true });
  mkdirSync(join(folder, '.cache'));
  symlinkSync(join(repository, '.cache/compiled'), join(folder, '.cache/compiled'), 'dir');
  return folder;
}
