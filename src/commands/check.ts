import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../config.js';
import { formatMistake } from '../world/fixture.js';
import { checkFile } from '../world/check-file.js';
import { ScenarioLibrary } from '../world/library.js';
import type { Surroundings } from '../cli.js';

/** `understudy check FILE…`: every mistake of every file, as `file:line:column: path: message`; exit 1 where there is one. */
export async function run(files: readonly string[], { out, err }: Surroundings): Promise<number> {
  if (files.length === 0) throw new UsageError('check needs at least one FILE');
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new UsageError(`there is no file ${JSON.stringify(missing)}`);
  let mistaken = 0;
  for (const file of files) {
    // what it extends may lie beside it
    const library = new ScenarioLibrary(dirname(file));
    await library.read();
    const mistakes = await checkFile(file, library);
    for (const mistake of mistakes) err(formatMistake(mistake));
    if (mistakes.length > 0) mistaken += 1;
    else out(`${file}: good`);
  }
  return mistaken === 0 ? 0 : 1;
}
