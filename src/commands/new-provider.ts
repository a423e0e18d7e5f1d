import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { UsageError } from '../config/option.js';
import { suggest } from '../input/did-you-mean.js';
import { filesOf, nameOf } from '../input/document/files.js';
import { shellWord } from '../input/shell-word.js';
import { builtInProviders } from '../providers/files/built-in.js';
import { nameMistake } from '../providers/files/source.js';
import { shelfNames } from '../shelf.js';
import { providerFileText } from './provider-file-text.js';
import type { Surroundings } from './surroundings.js';

/** What a new provider file is made from. */
export interface NewProvider {
  readonly name: string;
  /** Undefined: standard. */
  readonly like: string | undefined;
  /** The file to write. */
  readonly out: string;
}

/**
 * Writes a provider file with comments. A file that exists is not changed.
 *
 * @returns the exit code
 * @throws UsageError if the name, the other provider or the file cannot be used
 */
export function writeNewProvider({ name, like = 'standard', out: file }: NewProvider, { out }: Surroundings): number {
  const wrong = nameMistake(name);
  if (wrong !== undefined) throw new UsageError(wrong);
  const folder = dirname(file);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new UsageError(`there is no folder ${JSON.stringify(folder)}: make it first`);
  }
  if (!['.yaml', '.yml'].includes(extname(file).toLowerCase())) {
    throw new UsageError(`--out ${JSON.stringify(file)} is no YAML file: expected a name that ends in .yaml`);
  }
  const beside = filesOf(folder).map(nameOf);
  const others = [...builtInProviders.keys(), ...beside].filter((each) => each !== name);
  // a file that is like its own name means the provider of the shelf that it takes the place of
  const known = [...new Set([...others, ...shelfNames])];
  if (!known.includes(like)) {
    throw new UsageError(`--like: there is no provider ${JSON.stringify(like)}${suggest(like, known)}`);
  }
  // the name of the file is that of the provider, unless it says another one
  write(file, providerFileText({ name, like, saysName: nameOf(file) !== name }));
  out(`${file} is written. Every example in it has a # before it: remove those of the members that you need. Then`);
  out(`  understudy check ${shellWord(file)}`);
  out(`  understudy --providers ${shellWord(folder)}`);
  return 0;
}

function write(file: string, content: string): void {
  try {
    // wx: fails if the file exists
    writeFileSync(file, content, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'EEXIST'
        ? `the file ${JSON.stringify(file)} exists, and is not changed; --out names another one`
        : `the file cannot be written: ${message}`,
    );
  }
}
