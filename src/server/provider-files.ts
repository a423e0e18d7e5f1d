import { UsageError } from '../config/option.js';
import { formatMistake } from '../input/document/files.js';
import { watchFolder } from '../input/document/watch-folder.js';
import { mistakeLimit } from '../input/mistake.js';
import { ProviderFiles } from '../providers/files/library.js';
import { Shelf } from '../providers/files/shelf.js';
import { providersOfShelf } from './providers-of-shelf.js';
import type { FastifyBaseLogger } from 'fastify';
import type { NameOption } from '../config/option.js';
import type { ProgramConfig } from '../config.js';
import type { PlacedMistake } from '../input/document/files.js';
import type { Provider } from '../providers/provider.js';
import type { MakeDefinitions } from '../world/definitions.js';
import type { ScenarioLibrary } from '../world/scenario/library.js';
import type { Worlds } from '../world/worlds.js';

interface Reloading {
  readonly worlds: Worlds;
  readonly log: FastifyBaseLogger;
  readonly library: ScenarioLibrary | undefined;
  readonly make: MakeDefinitions | undefined;
}

/** The providers that a server has from files: those of a folder, and those of the shelf. */
export class DefinedByFiles {
  readonly #files: ProviderFiles | undefined;
  readonly #ofShelf: readonly Provider[];

  /** @param ofShelf a provider of the folder takes the place of one with its name */
  constructor(files: ProviderFiles | undefined, ofShelf: readonly Provider[]) {
    this.#files = files;
    this.#ofShelf = ofShelf;
  }

  get providers(): readonly Provider[] {
    const own = this.#files?.providers ?? [];
    return [...own, ...this.#ofShelf.filter(({ name }) => !own.some((each) => each.name === name))];
  }

  /**
   * Reads the folder again when it changes. A file with mistakes leaves its last good version in force.
   *
   * @param library makes the providers of scenarios and worlds again that are like a file
   * @returns a function that stops watching
   */
  watch(worlds: Worlds, log: FastifyBaseLogger, library?: ScenarioLibrary): () => void {
    const files = this.#files;
    if (files === undefined) return () => undefined;
    const reload = async (): Promise<void> => {
      const make = await library?.definitions.load();
      // from here on without a pause: no request meets a part of the change
      this.#reload(files, { worlds, log, library, make });
    };
    return watchFolder(files.folder, reload, (error) => {
      log.error(`the providers are unchanged: ${error.message}`);
    });
  }

  #reload(files: ProviderFiles, { worlds, log, library, make }: Reloading): void {
    const before = this.providers;
    for (const mistake of readFolder(files)) {
      const what = files.isInForce(mistake.file) ? 'the provider is unchanged' : 'there is no provider of this file';
      log.error(`${what}: ${formatMistake(mistake)}`);
    }
    const now = this.providers;
    const changed = now.filter((each) => !before.includes(each)).map(({ name }) => name);
    const removed = before.map(({ name }) => name).filter((name) => now.every((each) => each.name !== name));
    if (changed.length + removed.length === 0) return;
    const left = worlds.redefine(now, make, library?.defined);
    for (const mistake of left.slice(0, mistakeLimit)) log.error(mistake);
    if (changed.length > 0) {
      log.warn(`providers changed: ${changed.join(', ')}; their clients, users and tokens begin anew`);
    }
    if (removed.length > 0) log.warn(`providers removed: ${removed.join(', ')}; they are no longer served`);
  }
}

/**
 * Opens a folder of provider files, and the providers of the shelf that are asked for.
 *
 * @throws UsageError if the folder cannot be read, a file has mistakes, or the shelf has no provider of a name
 */
export function openProviderFiles(
  { providers: folder, shelf: names }: Pick<ProgramConfig, 'providers' | 'shelf'>,
  nameOption: NameOption,
  shelf = new Shelf(),
): DefinedByFiles {
  const ofShelf = providersOfShelf(names, shelf, nameOption('shelf'));
  if (folder === undefined) return new DefinedByFiles(undefined, ofShelf);
  const files = new ProviderFiles(folder, { shelf, served: ofShelf });
  const mistakes = readFolder(files);
  if (mistakes.length === 0) return new DefinedByFiles(files, ofShelf);
  throw new UsageError(`invalid providers:\n${mistakes.map(formatMistake).join('\n')}`);
}

function readFolder(files: ProviderFiles): readonly PlacedMistake[] {
  try {
    return files.read();
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`the folder of providers ${JSON.stringify(files.folder)} cannot be read: ${message}`);
  }
}
