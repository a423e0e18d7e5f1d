import { createHash } from 'node:crypto';
import { suggest } from '../../input/did-you-mean.js';
import { builtInProviders } from './built-in.js';
import { defineProvider } from './define-provider.js';
import { hostMistakes } from './host-collisions.js';
import { nameMistake } from './source.js';
import { ProviderSchema } from './schema/document.js';
import type { Mistake } from '../../input/mistake.js';
import type { Check } from '../../input/validate.js';
import type { Provider } from '../provider.js';
import type { ProviderDocument } from './schema/document.js';
import type { Shelf } from './shelf.js';

/** What the documents of one source are made with. */
export interface Making {
  /** Checks a document against its schema. */
  readonly check: Check;
  /** Providers that are not of this source: a document may be like them, and takes the place of one with its name. */
  readonly beneath: readonly Provider[];
  /** What a document may be like beside all these. */
  readonly shelf: Shelf;
  /** Providers that were made before: an equal document that is like the same provider is not made again. */
  readonly made: MadeProviders;
}

/** The providers of the documents that have no mistake, and the mistakes of the others, by name of the provider. */
export interface DefinedDocuments {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly mistakes: ReadonlyMap<string, readonly Mistake[]>;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Most providers that are kept for documents that are sent again. */
const keptProviders = 200;

/**
 * Providers by a digest of the text of their documents, which can be long. A test sends the same document to each of
 * its worlds.
 */
export class MadeProviders {
  readonly #made = new Map<string, { readonly like: Provider; readonly provider: Provider }>();

  find(text: string, like: Provider): Provider | undefined {
    const made = this.#made.get(digestOf(text));
    return made?.like === like ? made.provider : undefined;
  }

  keep(text: string, like: Provider, provider: Provider): void {
    const digest = digestOf(text);
    this.#made.delete(digest);
    this.#made.set(digest, { like, provider });
    const [oldest] = this.#made.keys();
    if (this.#made.size > keptProviders) this.#made.delete(String(oldest));
  }
}

/**
 * Makes the providers of documents, each after the one that it is like: first another document of this source, then
 * one of `beneath`, then a built-in provider, then one of the shelf. A document that is like its own name is like the
 * one beneath it.
 *
 * @param documents values that were not checked, by name of the provider
 */
export function defineDocuments(documents: ReadonlyMap<string, unknown>, making: Making): DefinedDocuments {
  const source = new DocumentSource(documents, making);
  for (const name of documents.keys()) source.make(name, []);
  return source;
}

class DocumentSource implements DefinedDocuments {
  readonly providers = new Map<string, Provider>();
  readonly mistakes = new Map<string, readonly Mistake[]>();
  readonly #documents: ReadonlyMap<string, unknown>;
  readonly #making: Making;

  constructor(documents: ReadonlyMap<string, unknown>, making: Making) {
    this.#documents = documents;
    this.#making = making;
  }

  /** @param trail names of the documents that are like this one, the first of them first */
  make(name: string, trail: readonly string[]): void {
    if (this.providers.has(name) || this.mistakes.has(name)) return;
    const document = this.#documents.get(name);
    const { check, made } = this.#making;
    const wrong = [...namesMistakes(name, document), ...check(ProviderSchema, document)];
    if (wrong.length > 0) {
      this.mistakes.set(name, wrong);
      return;
    }
    const like = this.#like(name, document as ProviderDocument, trail);
    if ('message' in like) {
      this.mistakes.set(name, [like]);
      return;
    }
    const text = JSON.stringify([name, document]);
    const find = (each: string): Provider | undefined => builtInProviders.get(each);
    const known = made.find(text, like);
    const defined =
      known === undefined
        ? defineProvider(document as ProviderDocument, { name, like, find })
        : { provider: known, mistakes: [] };
    if (defined.provider === undefined) {
      this.mistakes.set(name, defined.mistakes);
      return;
    }
    const inHosts = hostMistakes(defined.provider, this.#others(name));
    if (inHosts.length > 0) {
      this.mistakes.set(name, inHosts);
      return;
    }
    made.keep(text, like, defined.provider);
    this.providers.set(name, defined.provider);
  }

  /** The other providers that are served beside one of this source. */
  #others(name: string): readonly Provider[] {
    const beneath = this.#making.beneath.filter((each) => each.name !== name && !this.#documents.has(each.name));
    return [...beneath, ...this.providers.values()];
  }

  /** The provider that a document is like, or the mistake of its member `like`. */
  #like(name: string, { like = 'standard' }: ProviderDocument, trail: readonly string[]): Provider | Mistake {
    const way = [...trail, name];
    const isHere = like !== name && this.#documents.has(like);
    if (isHere && trail.includes(like)) {
      return { path: 'like', message: `is like itself: ${[...way, like].join(' is like ')}` };
    }
    if (isHere) this.make(like, way);
    const { beneath, shelf } = this.#making;
    const found = isHere
      ? this.providers.get(like)
      : (beneath.find((each) => each.name === like) ?? builtInProviders.get(like) ?? shelf.find(like));
    if (found !== undefined) return found;
    if (isHere) return { path: 'like', message: `the provider ${JSON.stringify(like)} has mistakes` };
    if (like === name) {
      const missing = `there is no provider ${JSON.stringify(name)} here`;
      return { path: 'like', message: `is like itself: ${missing}; name its file too, or serve it with --providers` };
    }
    const known = [
      ...builtInProviders.keys(),
      ...beneath.map((each) => each.name),
      ...this.#documents.keys(),
      ...shelf.names,
    ];
    const others = [...new Set(known)].filter((each) => each !== name);
    return { path: 'like', message: `there is no provider ${JSON.stringify(like)}${suggest(like, others)}` };
  }
}

/** Mistakes in the name that a document is given, and in the one that it has itself. */
function namesMistakes(name: string, document: unknown): Mistake[] {
  const wrong = nameMistake(name);
  if (wrong !== undefined) return [{ path: '', message: wrong }];
  const inside = typeof document === 'object' && document !== null && 'name' in document ? document.name : name;
  if (inside === name || typeof inside !== 'string') return [];
  const message = `is ${JSON.stringify(inside)}, but the provider is called ${JSON.stringify(name)} here`;
  return [{ path: 'name', message }];
}
