import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../config/option.js';
import { filesOf, formatMistake, duplicateNames, tooManyFiles } from '../input/document/files.js';
import { isProviderFile } from './provider-file.js';
import { checkFile } from '../world/scenario/check-file.js';
import { findingIds } from '../findings/finding-ids.js';
import { ScenarioLibrary } from '../world/scenario/library.js';
import { defineCommand } from './command.js';
import type { PlacedMistake } from '../input/document/files.js';

/** `understudy check`: prints every mistake of scenario files as `file:line:column: path: message`. */
export const check = defineCommand({
  name: 'check',
  summary: 'Check scenario and provider files, or every file in a folder; exit code 1 if one has a mistake',
  argument: '<FILE...>',
  options: {},
  async run(_values, { out, err }, { args: paths }) {
    const missing = paths.find((path) => !existsSync(path));
    if (missing !== undefined) throw new UsageError(`there is no file ${JSON.stringify(missing)}`);
    const libraries = new Map<string, ScenarioLibrary>();
    let wrongFiles = 0;
    for (const { file, mistakes: inFolder } of paths.flatMap(filesIn)) {
      const mistakes = [...inFolder, ...(await mistakesOf(file, libraries))];
      for (const mistake of mistakes) err(formatMistake(mistake));
      if (mistakes.length > 0) wrongFiles += 1;
      else out(`${file}: good`);
    }
    return wrongFiles === 0 ? 0 : 1;
  },
});

async function mistakesOf(file: string, libraries: Map<string, ScenarioLibrary>): Promise<readonly PlacedMistake[]> {
  if (await isProviderFile(file)) {
    const { ProviderFiles } = await import('../providers/files/library.js');
    return new ProviderFiles(dirname(file)).read().filter((mistake) => mistake.file === file);
  }
  return checkFile(file, await libraryOf(dirname(file), libraries));
}

interface FileToCheck {
  readonly file: string;
  /** Mistakes that involve other files of the folder: two files with the same scenario name. */
  readonly mistakes: readonly PlacedMistake[];
}

function filesIn(path: string): FileToCheck[] {
  if (!statSync(path).isDirectory()) return [{ file: path, mistakes: [] }];
  const files = filesOf(path);
  if (files.length === 0) throw new UsageError(`there is no scenario or provider file in ${JSON.stringify(path)}`);
  const mistakesAt = (file: string, i: number): PlacedMistake[] => [
    ...duplicateNames(file, files.slice(0, i), 'scenario'),
    ...(i === files.length - 1 ? tooManyFiles(path, 'scenario') : []),
  ];
  return files.map((file, i) => ({ file, mistakes: mistakesAt(file, i) }));
}

/** The library of a file's folder: a file can extend scenarios in its folder. Each folder is read once. */
async function libraryOf(folder: string, libraries: Map<string, ScenarioLibrary>): Promise<ScenarioLibrary> {
  const known = libraries.get(folder);
  if (known !== undefined) return known;
  const library = new ScenarioLibrary(findingIds, folder);
  libraries.set(folder, library);
  await library.read();
  return library;
}
