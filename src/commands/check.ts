import { existsSync, statSync } from 'node:fs';
import { UsageError } from '../config/option.js';
import { serverOptions } from '../config/server-options.js';
import { filesOf, formatMistake, duplicateNames, tooManyFiles } from '../input/document/files.js';
import { defineCommand } from './command.js';
import type { PlacedMistake } from '../input/document/files.js';

/** `understudy check`: prints every mistake of scenario and provider files as `file:line:column: path: message`. */
export const check = defineCommand({
  name: 'check',
  summary: 'Check scenario and provider files, or every file in a folder; exit code 1 if one has a mistake',
  argument: '<FILE...>',
  options: { shelf: serverOptions.shelf },
  async run({ shelf }, { out, err }, { args: paths }) {
    const missing = paths.filter((path) => !existsSync(path));
    if (missing.length > 0) {
      throw new UsageError(missing.map((path) => `there is no file ${JSON.stringify(path)}`).join('\n'));
    }
    const { CheckedFiles } = await import('./checked-files.js');
    const found = paths.flatMap(filesIn);
    const checked = new CheckedFiles(
      found.map(({ file }) => file),
      shelf,
    );
    let wrongFiles = 0;
    for (const { file, mistakes: inFolder } of found) {
      const mistakes = [...inFolder, ...(await checked.mistakesOf(file))];
      for (const mistake of mistakes) err(formatMistake(mistake));
      if (mistakes.length > 0) wrongFiles += 1;
      else out(`${file}: good`);
    }
    return wrongFiles === 0 ? 0 : 1;
  },
});

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
    ...(i === files.length - 1 ? tooManyFiles(path, 'scenario', files) : []),
  ];
  return files.map((file, i) => ({ file, mistakes: mistakesAt(file, i) }));
}
