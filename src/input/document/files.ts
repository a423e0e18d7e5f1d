import { closeSync, constants, fstatSync, openSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, sep } from 'node:path';
import { printable } from '../printable.js';
import type { Mistake } from '../mistake.js';

/** A mistake with its position in a file. Lines and columns count from 1. */
export interface PlacedMistake extends Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Writes a mistake as compilers do: `file:line:column: path: message`. */
export const formatMistake = ({ file, line, column, path, message }: PlacedMistake): string =>
  printable(`${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`);

const extensions = ['.yaml', '.yml', '.json'];
const fileLimitBytes = 1024 * 1024;

/** Maximum number of files of a folder. */
export const fileLimit = 1000;

/**
 * The text of a file of a folder, or why it is not read. A link to a file outside the folder is not followed, because
 * messages quote what a file contains.
 */
export function readFileOfFolder(file: string): string | PlacedMistake {
  try {
    const real = realpathSync(file);
    if (!isInside(real, realpathSync(dirname(file)))) {
      return wholeFile(file, 'is a link to a file outside its folder, which is not followed');
    }
    const text = readText(real);
    return typeof text === 'string' ? text : wholeFile(file, text.mistake);
  } catch (error) {
    // it was deleted after the listing, it is a folder, or its permissions forbid reading
    return wholeFile(file, `cannot be read: ${(error as Error).message}`);
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

/** A mistake of a file as a whole. */
export const wholeFile = (file: string, message: string): PlacedMistake => ({
  file,
  line: 1,
  column: 1,
  path: '',
  message,
});

/** A mistake if an earlier file has the same name: the later one would silently replace it. `kind`: `scenario`. */
export function duplicateNames(file: string, earlier: readonly string[], kind: string): PlacedMistake[] {
  const name = nameOf(file);
  const same = earlier.find((each) => nameOf(each) === name);
  return same === undefined ? [] : [wholeFile(file, `has the same ${kind} name as ${basename(same)}`)];
}

/**
 * The YAML and JSON files of a folder, by name: at most `fileLimit`. `tooManyFiles` tells of the rest.
 *
 * @param before those that were read the last time: new files take the place of none of them. Default: none
 */
export const filesOf = (folder: string, before: readonly string[] = []): string[] =>
  allFilesOf(folder, before).slice(0, fileLimit).sort();

/** Those of `before` first. */
function allFilesOf(folder: string, before: readonly string[]): string[] {
  const files = readdirSync(folder).filter((file) => extensions.includes(extname(file).toLowerCase()));
  const sorted = files.sort().map((file) => join(folder, file));
  if (sorted.length <= fileLimit) return sorted;
  const known = new Set(before);
  return [...sorted.filter((file) => known.has(file)), ...sorted.filter((file) => !known.has(file))];
}

/**
 * A mistake if a folder has more than `fileLimit` files: the first one that is not read. `kind`: `scenario`.
 *
 * @param read the files that are read: the result of `filesOf`
 */
export function tooManyFiles(folder: string, kind: string, read: readonly string[]): PlacedMistake[] {
  const [first, ...others] = allFilesOf(folder, read).slice(fileLimit);
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `, like ${others.length} more`;
  return [wholeFile(first, `is not read${more}: a folder has at most ${fileLimit} ${kind} files`)];
}

/**
 * The name of a document: the base name of its file without the extension. `.understudy` before it is no part of it:
 * editors know such a file, wherever it lies.
 */
export const nameOf = (file: string): string => basename(file, extname(file)).replace(/(?<=.)\.understudy$/, '');
