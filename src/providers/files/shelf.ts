import { formatMistake, readFileOfFolder } from '../../input/document/files.js';
import { shelfFiles, shelfFolder } from '../../shelf.js';
import { builtInProviders } from './built-in.js';
import { defineProvider } from './define-provider.js';
import { readSource } from './source.js';
import type { PlacedMistake } from '../../input/document/files.js';
import type { Provider } from '../provider.js';
import type { ProviderDocument } from './schema/document.js';

/** The shelf, as documents of a server see it: those of a folder, and those of a program. */
export interface ShelfOfServer {
  /** What a document can be like beside the others and the built-in providers. */
  readonly shelf: Shelf;
  /** The providers of the shelf that are served. A document takes the place of one with its name. */
  readonly served: readonly Provider[];
}

/** The providers of the shelf. A file is read when its provider is first asked for, and then kept. */
export class Shelf {
  readonly #files: ReadonlyMap<string, string>;
  readonly #made = new Map<string, Provider>();

  constructor(folder = shelfFolder) {
    this.#files = shelfFiles(folder);
  }

  /** The names of its providers. */
  get names(): readonly string[] {
    return [...this.#files.keys()];
  }

  /**
   * The provider of a name. Undefined: the shelf has none.
   *
   * @throws Error if its file, or one that it is like, has mistakes; a test reads every file of the package
   */
  find(name: string): Provider | undefined {
    return this.#made.get(name) ?? this.#make(name, []);
  }

  #make(name: string, trail: readonly string[]): Provider | undefined {
    const file = this.#files.get(name);
    if (file === undefined || trail.includes(name)) return undefined;
    const text = readFileOfFolder(file);
    const source = typeof text === 'string' ? readSource(text, file) : { broken: [text] };
    if ('broken' in source) throw mistaken(source.broken);
    const { inSchema, inName, place } = source;
    if (inSchema.length + inName.length > 0) throw mistaken([...inName, ...inSchema].map(place));
    const document = source.document as ProviderDocument;
    const { like: likeName = 'standard' } = document;
    const like = builtInProviders.get(likeName) ?? this.#made.get(likeName) ?? this.#make(likeName, [...trail, name]);
    if (like === undefined) {
      throw mistaken([place({ path: 'like', message: `there is no ${JSON.stringify(likeName)}` })]);
    }
    const { provider, mistakes } = defineProvider(document, { name, like, find: (each) => builtInProviders.get(each) });
    if (provider === undefined) throw mistaken(mistakes.map(place));
    this.#made.set(name, provider);
    return provider;
  }
}

const mistaken = (mistakes: readonly PlacedMistake[]): Error =>
  new Error(`a file of the shelf has mistakes:\n${mistakes.map(formatMistake).join('\n')}`);
