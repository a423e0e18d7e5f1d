import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Fixture, PlacedMistake } from './fixture.js';
import type { KnownNames } from './known-names.js';

const extensions = ['.yaml', '.yml', '.json'];
const fileLimitBytes = 1024 * 1024;

/** Reads a scenario file. A file that cannot be read is reported as a mistake. */
export async function load(file: string, known: KnownNames): Promise<Fixture> {
  const { readFixture } = await import('./parse-file.js');
  try {
    if (statSync(file).size > fileLimitBytes) return unreadable(file, `is larger than ${fileLimitBytes} bytes`);
    return readFixture(readFileSync(file, 'utf8'), file, known);
  } catch (error) {
    // it was deleted after the listing, it is a folder, or its permissions forbid reading
    return unreadable(file, `cannot be read: ${(error as Error).message}`);
  }
}

function unreadable(file: string, message: string): Fixture {
  return { scenario: undefined, mistakes: [wholeFile(file, message)] };
}

const wholeFile = (file: string, message: string): PlacedMistake => ({ file, line: 1, column: 1, path: '', message });

/** A mistake if an earlier file gives its scenario the same name. The later file would silently replace it. */
export function duplicateNames(file: string, earlier: readonly string[]): PlacedMistake[] {
  const same = earlier.find((each) => nameOf(each) === nameOf(file));
  return same === undefined ? [] : [wholeFile(file, `has the same scenario name as ${basename(same)}`)];
}

/** The scenario files of a folder. */
export function filesOf(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => extensions.includes(extname(file).toLowerCase()));
  return files.sort().map((file) => join(folder, file));
}

/** The scenario name of a file: its base name without the extension. */
export const nameOf = (file: string): string => basename(file, extname(file));
