import { readFileOfFolder } from '../../input/document/files.js';
import type { Fixture } from './fixture.js';
import type { KnownNames } from './known-names.js';

/** Reads a scenario file. A file that cannot be read is reported as a mistake. */
export async function load(file: string, known: KnownNames): Promise<Fixture> {
  const { readFixture } = await import('./parse-file.js');
  const text = readFileOfFolder(file);
  return typeof text === 'string' ? readFixture(text, file, known) : { scenario: undefined, mistakes: [text] };
}
