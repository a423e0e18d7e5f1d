import { closeSync, constants, fstatSync, openSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, sep } from 'node:path';
import type { Fixture, PlacedMistake } from './fixture.js';
import type { KnownNames } from './known-names.js';

const extensions = ['.yaml', '.yml', '.json'];
const fileLimitBytes = 1024 * 1024;

/** Maximum number of scenario files of a folder. */
const fileLimit = 1000;

/**
 * Reads a scenario file. A file that cannot be read is reported as a mistake; so is one that is not a regular file, and
 * a link to a file outside the folder, because messages quote what a file contains.
 */
export async function load(file: string, known: KnownNames): Promise<Fixture> {
  const { readFixture } = await import('./parse-file.js');
  try {
    const real = realpathSync(file);
    if (!isInside(real, realpathSync(dirname(file)))) {
      return unreadable(file, 'is a link to a file outside its folder, which is not followed');
    }
    const text = readText(real);
    return typeof text === 'string' ? readFixture(text, file, known) : unreadable(file, text.mistake);
  } catch (error) {
    // it was deleted after the listing, it is a folder, or its permissions forbid reading
    return unreadable(file, `cannot be read: ${(error as Error).message}`);
  }
}

function isInside(file: string, folder: string): boolean {
  const way = relative(folder, file);
  // on another drive, the way is absolute
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}

/** The text of a regular file. The open file is checked: what the name refers to can change. */
function readText(file: string): string | { readonly mistake: string } {
  // without O_NONBLOCK, opening a FIFO waits for its writer. On Windows the flag is undefined, which counts as 0
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() && !status.isDirectory()) return { mistake: 'is not a regular file' };
    if (status.size > fileLimitBytes) return { mistake: `is larger than ${fileLimitBytes} bytes` };
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function unreadable(file: string, message: string): Fixture {
  return { scenario: undefined, mistakes: [wholeFile(file, message)] };
}

const wholeFile = (file: string, message: string): PlacedMistake => ({ file, line: 1, column: 1, path: '', message });

/** A mistake if an earlier file gives its scenario the same name. The later file would silently replace it. */
export function duplicateNames(file: string, earlier: readonly string[]): PlacedMistake[] {
  const name = nameOf(file);
  const same = earlier.find((each) => nameOf(each) === name);
  return same === undefined ? [] : [wholeFile(file, `has the same scenario name as ${basename(same)}`)];
}

/** The scenario files of a folder, by name: at most `fileLimit`. `tooManyFiles` tells of the rest. */
export const filesOf = (folder: string): string[] => allFilesOf(folder).slice(0, fileLimit);

function allFilesOf(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => extensions.includes(extname(file).toLowerCase()));
  return files.sort().map((file) => join(folder, file));
}

/** A mistake if a folder has more than `fileLimit` scenario files: the first one that is not read. */
export function tooManyFiles(folder: string): PlacedMistake[] {
  const files = allFilesOf(folder);
  const first = files[fileLimit];
  if (first === undefined) return [];
  const rest = files.length - fileLimit;
  return [wholeFile(first, `is not read, like ${rest - 1} more: a folder has at most ${fileLimit} scenario files`)];
}

/**
 * The scenario name of a file: its base name without the extension. `.understudy` before it is no part of the name:
 * editors know such a file, wherever it lies.
 */
export const nameOf = (file: string): string => basename(file, extname(file)).replace(/(?<=.)\.understudy$/, '');
