import { readFileOfFolder } from '../../input/document/files.js';
import type { Fixture } from './fixture.js';
import type { KnownToFiles } from './known-names.js';

/** Reads a scenario file. A file that cannot be read is reported as a mistake. */
export async function load(file: string, known: KnownToFiles): Promise<Fixture> {
  const { readFixture } = await import('./parse-file.js');
  const text = readFileOfFolder(file);
  if (typeof text !== 'string') return { scenario: undefined, mistakes: [text] };
  // the code of provider files is loaded only for a file that may define one
  const make = text.includes('definitions') ? await known.definitions.load() : undefined;
  return readFixture(text, file, { ...known, make });
}
