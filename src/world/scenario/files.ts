import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { KnownNames } from './known-names.js';
import type { Fixture, PlacedMistake } from './parse-file.js';

const extensions = ['.yaml', '.yml', '.json'];
const fileLimitBytes = 1024 * 1024;

/** Reads a scenario file; one that cannot be read is a mistake, and no crash. */
export async function load(file: string, known: KnownNames): Promise<Fixture> {
  const { readFixture } = await import('./parse-file.js');
  try {
    if (statSync(file).size > fileLimitBytes) return unreadable(file, `is larger than ${fileLimitBytes} bytes`);
    return readFixture(readFileSync(file, 'utf8'), file, known);
  } catch (error) {
    // it went away between the listing and the reading, it is a folder, or it is nobody's to read
    return unreadable(file, `cannot be read: ${(error as Error).message}`);
  }
}

function unreadable(file: string, message: string): Fixture {
  return { scenario: undefined, mistakes: [ofTheWhole(file, message)] };
}

const ofTheWhole = (file: string, message: string): PlacedMistake => ({ file, line: 1, column: 1, path: '', message });

/** Two files of one name: the later one would silently be the scenario. */
export function twice(file: string, earlier: readonly string[]): PlacedMistake[] {
  const same = earlier.find((each) => nameOf(each) === nameOf(file));
  return same === undefined ? [] : [ofTheWhole(file, `has the name of ${basename(same)}: a scenario is one file`)];
}

/** The scenario files of a folder. */
export function filesOf(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => extensions.includes(extname(file).toLowerCase()));
  return files.sort().map((file) => join(folder, file));
}

/** The name that a file is played by. */
export const nameOf = (file: string): string => basename(file, extname(file));
