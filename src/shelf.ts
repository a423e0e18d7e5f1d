import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suggest } from './input/did-you-mean.js';
import { filesOf, nameOf } from './input/document/files.js';
import { packageFolder } from './package.js';

/** The folder of the shelf: files of well-known providers, which this package brings and serves only if it is asked. */
export const shelfFolder = join(packageFolder, 'providers');

/** The files of the shelf, by the names of their providers. A folder that is not there has none. */
export const shelfFiles = (folder = shelfFolder): ReadonlyMap<string, string> =>
  new Map((existsSync(folder) ? filesOf(folder) : []).map((file) => [nameOf(file), file]));

/** The names of the providers of the shelf. The folder is listed once, and no file is read. */
export const shelfNames: readonly string[] = Object.freeze([...shelfFiles().keys()]);

/** How a provider of the shelf that is not served would be. Empty: the shelf has none of this name. */
export const howToServe = (name: string): string =>
  shelfNames.includes(name) ? `it is on the shelf: start the server with --shelf ${name}` : '';

/**
 * The end of a message about an unknown provider: how it is served, if it is on the shelf; else the nearest known name
 * or all of them.
 */
export function suggestProvider(given: string, known: readonly string[]): string {
  const hint = howToServe(given);
  return hint === '' ? suggest(given, known) : `; ${hint}`;
}
