import { duplicateNames, filesOf, nameOf, readFileOfFolder, tooManyFiles } from '../../input/document/files.js';
import { suggest } from '../../input/did-you-mean.js';
import { builtInProviders } from './built-in.js';
import { defineProvider } from './define-provider.js';
import { hostMistakes } from './host-collisions.js';
import { Shelf } from './shelf.js';
import { readSource } from './source.js';
import type { PlacedMistake } from '../../input/document/files.js';
import type { Provider } from '../provider.js';
import type { Source } from './source.js';

/** A provider of a file, with what it was made from: it stays the same object while none of that changes. */
interface Made {
  readonly provider: Provider;
  readonly source: Source;
  readonly like: Provider;
}

/** The providers of a folder. A file with mistakes leaves its last good version in force. */
export class ProviderFiles {
  readonly folder: string;
  #made = new Map<string, Made>();
  readonly #sources = new Map<string, { readonly text: string; readonly source: Source }>();
  readonly #shelf: Shelf;

  /** @param shelf what a file can be like beside the other files and the built-in providers */
  constructor(folder: string, shelf = new Shelf()) {
    this.folder = folder;
    this.#shelf = shelf;
  }

  /** The providers, by the name of their files. */
  get providers(): readonly Provider[] {
    return [...this.#made.values()].map(({ provider }) => provider);
  }

  /**
   * Reads the folder.
   *
   * @returns the mistakes of all files
   * @throws the system's error if the folder cannot be read
   */
  read(): readonly PlacedMistake[] {
    const files = filesOf(this.folder);
    const mistakes: PlacedMistake[] = [
      ...tooManyFiles(this.folder, 'provider'),
      ...files.flatMap((file, i) => duplicateNames(file, files.slice(0, i), 'provider')),
    ];
    const sources = new Map<string, Source>();
    const bad = new Set<string>();
    for (const file of files) {
      const read = this.#read(file);
      if ('mistakes' in read) {
        mistakes.push(...read.mistakes);
        bad.add(this.#sources.get(file)?.source.name ?? nameOf(file));
      } else sources.set(read.name, read);
    }
    // the provider of a file that is no longer there ends with it
    const before = new Map([...this.#made].filter(([name]) => sources.has(name) || bad.has(name)));
    this.#made = new Map();
    for (const name of [...sources.keys(), ...bad]) mistakes.push(...this.#make(name, sources, before));
    return mistakes;
  }

  /** The other providers: the built-in ones, those that are made already, and those that stay as they were. */
  *#others(name: string, sources: ReadonlyMap<string, Source>, before: ReadonlyMap<string, Made>): Generator<Provider> {
    yield* builtInProviders.values();
    for (const [other, { provider }] of this.#made) if (other !== name) yield provider;
    for (const [other, { provider, source }] of before) {
      if (other !== name && !this.#made.has(other) && isSame(sources.get(other), source)) yield provider;
    }
  }

  #read(file: string): Source | { readonly mistakes: readonly PlacedMistake[] } {
    const text = readFileOfFolder(file);
    if (typeof text !== 'string') return { mistakes: [text] };
    const known = this.#sources.get(file);
    if (known?.text === text) return known.source;
    const source = readSource(text, file);
    if (!('mistakes' in source)) this.#sources.set(file, { text, source });
    return source;
  }

  /** Makes the provider of a file, after the one that it is like. */
  #make(
    name: string,
    sources: ReadonlyMap<string, Source>,
    before: ReadonlyMap<string, Made>,
    trail: readonly string[] = [],
  ): readonly PlacedMistake[] {
    if (this.#made.has(name)) return [];
    const source = sources.get(name);
    const last = before.get(name);
    const keep = (mistakes: readonly PlacedMistake[]): readonly PlacedMistake[] => {
      if (last !== undefined) this.#made.set(name, last);
      return mistakes;
    };
    if (source === undefined) return keep([]);
    const { like: likeName = 'standard' } = source.document;
    // a file that is like its own name means the provider of the shelf that it takes the place of
    const isOfShelf = likeName === name && this.#shelf.names.includes(name);
    const isFile = !isOfShelf && (sources.has(likeName) || before.has(likeName));
    if (!isOfShelf && [...trail, name].includes(likeName)) {
      const message = `is like itself: ${[...trail, name, likeName].join(' is like ')}`;
      return keep([source.place({ path: 'like', message })]);
    }
    const inherited = isFile ? this.#make(likeName, sources, before, [...trail, name]) : [];
    const like = isFile
      ? this.#made.get(likeName)?.provider
      : (builtInProviders.get(likeName) ?? this.#shelf.find(likeName));
    if (like === undefined) {
      const others = [...builtInProviders.keys(), ...sources.keys()].filter((each) => each !== name);
      const known = [...new Set([...others, ...this.#shelf.names])];
      const message = isFile
        ? `the provider ${JSON.stringify(likeName)} has mistakes`
        : `there is no provider ${JSON.stringify(likeName)}${suggest(likeName, known)}`;
      return keep([...inherited, source.place({ path: 'like', message })]);
    }
    if (last?.like === like && isSame(last.source, source)) return keep(inherited);
    const defined = defineProvider(source.document, { name, like, find: (each) => builtInProviders.get(each) });
    if (defined.provider === undefined) {
      return keep([...inherited, ...defined.mistakes.map(source.place).sort(byPlace)]);
    }
    const colliding = hostMistakes(defined.provider, this.#others(name, sources, before));
    if (colliding.length > 0) return keep([...inherited, ...colliding.map(source.place)]);
    this.#made.set(name, { provider: defined.provider, source, like });
    return inherited;
  }
}

/** Whether two texts say the same: comments and layout are no part of a document, the order of its members is. */
const isSame = (one: Source | undefined, other: Source): boolean =>
  one === other || (one?.name === other.name && JSON.stringify(one.document) === JSON.stringify(other.document));

/** Mistakes in the order of the file. */
const byPlace = (one: PlacedMistake, other: PlacedMistake): number =>
  one.line - other.line || one.column - other.column;
