import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../config.js';
import { formatMistake } from '../world/scenario/fixture.js';
import { checkFile } from '../world/scenario/check-file.js';
import { ScenarioLibrary } from '../world/scenario/library.js';
import { filesOf, duplicateNames } from '../world/scenario/files.js';
import type { Surroundings } from './surroundings.js';
import type { PlacedMistake } from '../world/scenario/fixture.js';

/** `understudy check FILE…`: every mistake of every file, or of every file in a folder, as `file:line:column: path: message`; exit 1 where there is one. */
export async function run(given: readonly string[], { out, err }: Surroundings): Promise<number> {
  if (given.length === 0) throw new UsageError('check needs at least one FILE, or a folder of them');
  const missing = given.find((file) => !existsSync(file));
  if (missing !== undefined) throw new UsageError(`there is no file ${JSON.stringify(missing)}`);
  const libraries = new Map<string, ScenarioLibrary>();
  let mistaken = 0;
  for (const { file, mistakes: inFolder } of given.flatMap(filesIn)) {
    const mistakes = [...inFolder, ...(await checkFile(file, await libraryOf(dirname(file), libraries)))];
    for (const mistake of mistakes) err(formatMistake(mistake));
    if (mistakes.length > 0) mistaken += 1;
    else out(`${file}: good`);
  }
  return mistaken === 0 ? 0 : 1;
}

function filesIn(given: string): { file: string; mistakes: readonly PlacedMistake[] }[] {
  if (!statSync(given).isDirectory()) return [{ file: given, mistakes: [] }];
  const files = filesOf(given);
  if (files.length === 0) throw new UsageError(`there is no scenario file in ${JSON.stringify(given)}`);
  return files.map((file, i) => ({ file, mistakes: duplicateNames(file, files.slice(0, i)) }));
}

/** What a file extends may lie beside it. */
async function libraryOf(folder: string, libraries: Map<string, ScenarioLibrary>): Promise<ScenarioLibrary> {
  const known = libraries.get(folder);
  if (known !== undefined) return known;
  const library = new ScenarioLibrary(folder);
  libraries.set(folder, library);
  await library.read();
  return library;
}
