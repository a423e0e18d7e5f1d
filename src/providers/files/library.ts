import { duplicateNames, filesOf, nameOf, readFileOfFolder, tooManyFiles } from '../../input/document/files.js';
import { suggest } from '../../input/did-you-mean.js';
import { makeCheck } from '../../input/validate.js';
import { readDocument } from '../../input/document/read-document.js';
import { builtInProviders } from './built-in.js';
import { defineProvider } from './define-provider.js';
import { hostMistakes } from './host-collisions.js';
import { ProviderSchema } from './schema/document.js';
import type { PlacedMistake } from '../../input/document/files.js';
import type { Mistake } from '../../input/mistake.js';
import type { Provider } from '../provider.js';
import type { ProviderDocument } from './schema/document.js';

/** What messages call a provider file. */
const kind = { called: 'a provider file', empty: '{} for a provider that is like standard' };

const check = makeCheck({});

/** A file that matches the schema. */
interface Source {
  readonly name: string;
  readonly document: ProviderDocument;
  readonly place: (mistake: Mistake) => PlacedMistake;
}

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

  constructor(folder: string) {
    this.folder = folder;
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
        bad.add(nameOf(file));
      } else sources.set(read.name, read);
    }
    const before = this.#made;
    this.#made = new Map();
    for (const name of [...sources.keys(), ...bad]) mistakes.push(...this.#make(name, sources, before));
    return mistakes;
  }

  /** The other providers: the built-in ones, those that are made already, and those that stay as they were. */
  *#others(name: string, sources: ReadonlyMap<string, Source>, before: ReadonlyMap<string, Made>): Generator<Provider> {
    yield* builtInProviders.values();
    for (const [other, { provider }] of this.#made) if (other !== name) yield provider;
    for (const [other, { provider, source }] of before) {
      if (other !== name && !this.#made.has(other) && sources.get(other) === source) yield provider;
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
    const isFile = sources.has(likeName) || before.has(likeName);
    if ([...trail, name].includes(likeName)) {
      const message = `is like itself: ${[...trail, name, likeName].join(' is like ')}`;
      return keep([source.place({ path: 'like', message })]);
    }
    const inherited = isFile ? this.#make(likeName, sources, before, [...trail, name]) : [];
    const like = builtInProviders.get(likeName) ?? this.#made.get(likeName)?.provider;
    if (like === undefined) {
      const known = [...builtInProviders.keys(), ...sources.keys()].filter((each) => each !== name);
      const message = isFile
        ? `the provider ${JSON.stringify(likeName)} has mistakes`
        : `there is no provider ${JSON.stringify(likeName)}${suggest(likeName, known)}`;
      return keep([...inherited, source.place({ path: 'like', message })]);
    }
    if (last?.source === source && last.like === like) return keep(inherited);
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

/** Mistakes in the order of the file. */
const byPlace = (one: PlacedMistake, other: PlacedMistake): number =>
  one.line - other.line || one.column - other.column;

/** Reads the text of a provider file, and checks it by itself. */
function readSource(text: string, file: string): Source | { readonly mistakes: readonly PlacedMistake[] } {
  const read = readDocument(text, file, kind);
  if (read.place === undefined) return { mistakes: read.mistakes };
  const { value, place } = read;
  const mistakes = check(ProviderSchema, value);
  if (mistakes.length > 0) return { mistakes: mistakes.map(place) };
  const document = value as ProviderDocument;
  const name = document.name ?? nameOf(file);
  const wrong = nameMistake(name);
  return wrong === undefined ? { name, document, place } : { mistakes: [place({ path: 'name', message: wrong })] };
}

/** Why a provider cannot have a name. Undefined: it can. */
export function nameMistake(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    return `${JSON.stringify(name)} is no name of a provider: 1 to 40 characters of a-z, 0-9 and -, a letter first`;
  }
  if (name === 'w') return '"w" is the prefix of worlds: choose another name';
  return builtInProviders.has(name)
    ? `${JSON.stringify(name)} is a built-in provider: choose another name, and say like: ${name}`
    : undefined;
}
