import { nameOf } from '../../input/document/files.js';
import { readDocument } from '../../input/document/read-document.js';
import { memberOf } from '../../input/members.js';
import { makeCheck } from '../../input/validate.js';
import { builtInProviders } from './built-in.js';
import { ProviderSchema } from './schema/document.js';
import type { PlacedMistake } from '../../input/document/files.js';
import type { Mistake } from '../../input/mistake.js';
import type { Draft } from './judge.js';

/** What messages call a provider file. */
const kind = { called: 'a provider file', empty: '{} for a provider that is like standard' };

/** Checks the documents of files. */
export const checkFile = makeCheck({});

/** A provider file, as a document. */
export interface Source extends Draft {
  readonly name: string;
  /** Finds the line and column of a mistake. */
  readonly place: (mistake: Mistake) => PlacedMistake;
}

/** A file that is no document, and its mistakes. */
export interface BrokenSource {
  readonly broken: readonly PlacedMistake[];
}

/** Reads the text of a provider file, and checks it by itself. */
export function readSource(text: string, file: string): Source | BrokenSource {
  const read = readDocument(text, file, kind);
  if (read.place === undefined) return { broken: read.mistakes };
  const { value: document, place } = read;
  const own = memberOf(document, 'name');
  const inSchema = checkFile(ProviderSchema, document);
  const isOwn = typeof own === 'string' && inSchema.every(({ path }) => path !== 'name');
  const name = isOwn ? own : nameOf(file);
  const wrong = own === undefined || isOwn ? nameMistake(name) : undefined;
  return { name, document, inSchema, inName: wrong === undefined ? [] : [{ path: 'name', message: wrong }], place };
}

/** Why a provider cannot have a name. Undefined: it can. */
export function nameMistake(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    return `${JSON.stringify(name)} is no name of a provider: 1 to 40 characters of a-z, 0-9 and -, a letter first`;
  }
  // programs look providers up by name in the answers of the admin API
  if (name in {}) return `${JSON.stringify(name)} is a member of every object in JavaScript: choose another name`;
  if (name === 'w') return '"w" is the prefix of worlds: choose another name';
  return builtInProviders.has(name)
    ? `${JSON.stringify(name)} is a built-in provider: choose another name, and say like: ${name}`
    : undefined;
}
