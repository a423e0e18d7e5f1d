import { nameOf } from '../../input/document/files.js';
import { readDocument } from '../../input/document/read-document.js';
import { makeCheck } from '../../input/validate.js';
import { builtInProviders } from './built-in.js';
import { ProviderSchema } from './schema/document.js';
import type { PlacedMistake } from '../../input/document/files.js';
import type { Mistake } from '../../input/mistake.js';
import type { ProviderDocument } from './schema/document.js';

/** What messages call a provider file. */
const kind = { called: 'a provider file', empty: '{} for a provider that is like standard' };

const check = makeCheck({});

/** A file that matches the schema. */
export interface Source {
  readonly name: string;
  readonly document: ProviderDocument;
  /** Finds the line and column of a mistake. */
  readonly place: (mistake: Mistake) => PlacedMistake;
}

/** Reads the text of a provider file, and checks it by itself. */
export function readSource(text: string, file: string): Source | { readonly mistakes: readonly PlacedMistake[] } {
  const read = readDocument(text, file, kind);
  if (read.place === undefined) return { mistakes: read.mistakes };
  const { value, place } = read;
  const mistakes = check(ProviderSchema, value);
  if (mistakes.length > 0) return { mistakes: mistakes.map(place) };
  const document = value as ProviderDocument;
  const name = document.name ?? nameOf(file);
  const wrong = nameMistake(name);
  return wrong === undefined ? { name, document, place } : { mistakes: [place({ path: 'name', message: wrong })] };
}

/** Why a provider cannot have a name. Undefined: it can. */
export function nameMistake(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    return `${JSON.stringify(name)} is no name of a provider: 1 to 40 characters of a-z, 0-9 and -, a letter first`;
  }
  if (name === 'w') return '"w" is the prefix of worlds: choose another name';
  return builtInProviders.has(name)
    ? `${JSON.stringify(name)} is a built-in provider: choose another name, and say like: ${name}`
    : undefined;
}
