import {
  duplicateNames,
  fileLimit,
  filesOf,
  nameOf,
  readFileOfFolder,
  tooManyFiles,
} from '../../input/document/files.js';
import { MadeProviders, defineDrafts } from './define-documents.js';
import { builtInProviders } from './built-in.js';
import { Shelf } from './shelf.js';
import { checkFile, readSource } from './source.js';
import type { PlacedMistake } from '../../input/document/files.js';
import type { Provider } from '../provider.js';
import type { ShelfOfServer } from './shelf.js';
import type { BrokenSource, Source } from './source.js';

/** The providers of a folder. A file with mistakes leaves its last good version in force. */
export class ProviderFiles {
  readonly folder: string;
  #providers: ReadonlyMap<string, Provider> = new Map();
  /** Those that were read the last time. */
  #files: readonly string[] = [];
  readonly #sources = new Map<string, { readonly text: string; readonly source: Source }>();
  readonly #shelf: Shelf;
  readonly #beneath: readonly Provider[];
  /** A file that says the same as before stays the same provider. */
  readonly #made = new MadeProviders(fileLimit);

  constructor(folder: string, { shelf = new Shelf(), served = [] }: Partial<ShelfOfServer> = {}) {
    this.folder = folder;
    this.#shelf = shelf;
    this.#beneath = [...builtInProviders.values(), ...served];
  }

  /** The providers, by the name of their files. */
  get providers(): readonly Provider[] {
    return [...this.#providers.values()];
  }

  /** Whether the provider of a file is in force: an earlier version, if the file has mistakes now. */
  isInForce(file: string): boolean {
    return this.#providers.has(this.#sources.get(file)?.source.name ?? nameOf(file));
  }

  /**
   * Reads the folder.
   *
   * @returns the mistakes of all files
   * @throws the system's error if the folder cannot be read
   */
  read(): readonly PlacedMistake[] {
    const files = (this.#files = filesOf(this.folder, this.#files));
    const mistakes: PlacedMistake[] = [
      ...tooManyFiles(this.folder, 'provider', files),
      ...files.flatMap((file, i) => duplicateNames(file, files.slice(0, i), 'provider')),
    ];
    for (const file of this.#sources.keys()) if (!files.includes(file)) this.#sources.delete(file);
    const sources = new Map<string, Source | undefined>();
    for (const file of files) {
      const read = this.#read(file);
      if ('broken' in read) {
        mistakes.push(...read.broken);
        const name = this.#sources.get(file)?.source.name ?? nameOf(file);
        if (!sources.has(name)) sources.set(name, undefined);
      } else sources.set(read.name, read);
    }
    const defined = defineDrafts(sources, {
      check: checkFile,
      beneath: this.#beneath,
      shelf: this.#shelf,
      made: this.#made,
      ofFolder: true,
      // the provider of a file that is no longer there ends with it
      before: new Map([...this.#providers].filter(([name]) => sources.has(name))),
    });
    this.#providers = defined.providers;
    for (const [name, found] of defined.mistakes) {
      const place = sources.get(name)?.place;
      if (place !== undefined) mistakes.push(...found.map(place).sort(byPlace));
    }
    return mistakes;
  }

  #read(file: string): Source | BrokenSource {
    const text = readFileOfFolder(file);
    if (typeof text !== 'string') return { broken: [text] };
    const known = this.#sources.get(file);
    if (known?.text === text) return known.source;
    const source = readSource(text, file);
    if (!('broken' in source)) this.#sources.set(file, { text, source });
    return source;
  }
}

/** Mistakes in the order of the file. */
const byPlace = (one: PlacedMistake, other: PlacedMistake): number =>
  one.line - other.line || one.column - other.column;
