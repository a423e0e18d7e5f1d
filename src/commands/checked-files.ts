import { dirname } from 'node:path';
import { flagOf } from '../config/option.js';
import { filesOf, nameOf } from '../input/document/files.js';
import { findingIds } from '../findings/finding-ids.js';
import { ProviderFiles } from '../providers/files/library.js';
import { Shelf } from '../providers/files/shelf.js';
import { providers } from '../providers/index.js';
import { providersOfShelf } from '../server/providers-of-shelf.js';
import { checkFile } from '../world/scenario/check-file.js';
import { ScenarioLibrary } from '../world/scenario/library.js';
import { kindOfFile } from './kind-of-file.js';
import type { PlacedMistake } from '../input/document/files.js';
import type { Provider } from '../providers/provider.js';
import type { KindOfFile } from './kind-of-file.js';

/** The files of one `understudy check`: a scenario may name the providers of the others. */
export class CheckedFiles {
  readonly #shelf = new Shelf();
  readonly #served: readonly Provider[];
  readonly #kinds: ReadonlyMap<string, KindOfFile>;
  readonly #folders = new Map<string, FolderOfProviders>();
  readonly #libraries = new Map<string, ScenarioLibrary>();

  /**
   * @param shelf names of the providers of the shelf that are served beside them, or `all`
   * @throws UsageError if the shelf has no provider of a name
   */
  constructor(files: readonly string[], shelf: readonly string[]) {
    this.#served = providersOfShelf(shelf, this.#shelf, flagOf('shelf'));
    this.#kinds = new Map(files.map((file) => [file, kindOfFile(file)]));
  }

  /** All mistakes of one of the files. */
  async mistakesOf(file: string): Promise<readonly PlacedMistake[]> {
    const kind = this.#kinds.get(file) as KindOfFile;
    if (typeof kind === 'object') return kind.mistakes;
    const folder = dirname(file);
    if (kind === 'provider') return this.#folderOf(folder).mistakes.filter((mistake) => mistake.file === file);
    return checkFile(file, await this.#libraryOf(folder));
  }

  /** The providers of a folder's files. Each folder is read once. */
  #folderOf(folder: string): FolderOfProviders {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const files = new ProviderFiles(folder, { shelf: this.#shelf, served: this.#served });
    const mistakes = files.read();
    // a file without members can be both: another may be like it, but a scenario has it only as a scenario
    const ofScenarios = filesOf(folder)
      .filter((file) => (this.#kinds.get(file) ?? kindOfFile(file)) === 'scenario')
      .map(nameOf);
    const read = { mistakes, providers: files.providers.filter(({ name }) => !ofScenarios.includes(name)) };
    this.#folders.set(folder, read);
    return read;
  }

  /** What a scenario of a folder may name: the providers of its folder, and of the folders of other checked files. */
  #servedFor(folder: string): readonly Provider[] {
    const others = [...this.#kinds].filter(([, kind]) => kind === 'provider').map(([file]) => dirname(file));
    const found = [...new Set([folder, ...others])].flatMap((each) => this.#folderOf(each).providers);
    found.push(...this.#served);
    return [...providers, ...new Map(found.reverse().map((provider) => [provider.name, provider])).values()];
  }

  /** The library of a file's folder: a file can extend scenarios in its folder. Each folder is read once. */
  async #libraryOf(folder: string): Promise<ScenarioLibrary> {
    const known = this.#libraries.get(folder);
    if (known !== undefined) return known;
    const served = this.#servedFor(folder);
    const library = new ScenarioLibrary(findingIds, folder, () => served);
    this.#libraries.set(folder, library);
    await library.read();
    return library;
  }
}

/** What the provider files of a folder became. */
interface FolderOfProviders {
  readonly mistakes: readonly PlacedMistake[];
  readonly providers: readonly Provider[];
}
