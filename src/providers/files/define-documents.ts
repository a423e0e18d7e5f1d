import { createHash } from 'node:crypto';
import { nearest, suggest } from '../../input/did-you-mean.js';
import { memberOf } from '../../input/members.js';
import { builtInProviders } from './built-in.js';
import { contentOf } from './document-content.js';
import { hostMistakes } from './host-collisions.js';
import { judge } from './judge.js';
import { nameMistake } from './source.js';
import { TemplateBudget } from './template-budget.js';
import { ProviderSchema } from './schema/document.js';
import type { Mistake } from '../../input/mistake.js';
import type { Check } from '../../input/validate.js';
import type { Provider } from '../provider.js';
import type { Draft, FoundLike } from './judge.js';
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
  /** What was in force before, by name: it stays where a document has mistakes. Default: nothing. */
  readonly before?: ReadonlyMap<string, Provider>;
  /** Whether the source is the folder of the server's files: no other file has the same name. Default: false. */
  readonly ofFolder?: boolean;
}

/** The documents of one source, by name of the provider. Undefined: it cannot be read, and its mistakes are told. */
export type Drafts = ReadonlyMap<string, Draft | undefined>;

/**
 * The providers of the documents that have no mistake, and those that stay in force in place of others; and the
 * mistakes of the others, by name of the provider.
 */
export interface DefinedDocuments {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly mistakes: ReadonlyMap<string, readonly Mistake[]>;
}

/** What a provider is made from, beside the one that it is like. */
const textOf = (name: string, { document }: Draft): string => `${name} ${contentOf(document)}`;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Most providers that are kept for documents that are sent again. */
const keptProviders = 200;

/** What a provider was made from. */
interface Origin {
  readonly digest: string;
  readonly like: Provider;
  readonly templates: number;
}

/** Longest text of a document whose provider is kept, in characters. A longer one can take megabytes. */
const longestKept = 32_768;

/**
 * Providers by a digest of the text of their documents, which can be long. A test sends the same document to each of
 * its worlds.
 */
export class MadeProviders {
  readonly #limit: number;
  readonly #made = new Map<string, Provider>();
  readonly #origins = new WeakMap<Provider, Origin>();

  /** @param limit most providers that are kept */
  constructor(limit = keptProviders) {
    this.#limit = limit;
  }

  /** Whether a provider was made of a text. */
  isOf(text: string, provider: Provider): boolean {
    return this.#origins.get(provider)?.digest === digestOf(text);
  }

  /**
   * The provider that was made of a text.
   *
   * @param before the one that is in force, which is found even if it is no longer kept
   */
  find(text: string, like: Provider, before?: Provider): Provider | undefined {
    const digest = digestOf(text);
    return [before, this.#made.get(digest)].find((each) => {
      const origin = each === undefined ? undefined : this.#origins.get(each);
      return origin?.digest === digest && origin.like === like;
    });
  }

  /** How many templates a provider has that was made. */
  templatesOf(provider: Provider): number {
    return this.#origins.get(provider)?.templates ?? 0;
  }

  /**
   * Keeps a provider for the next document of the same text, in place of the oldest if there are too many. `find` knows
   * one of a long text only as the one that is in force.
   *
   * @param text what `textOf` makes of its name and document
   */
  keep(text: string, provider: Provider, { like, templates }: Omit<Origin, 'digest'>): void {
    const digest = digestOf(text);
    this.#origins.set(provider, { digest, like, templates });
    if (text.length > longestKept) return;
    this.#made.delete(digest);
    this.#made.set(digest, provider);
    const [oldest] = this.#made.keys();
    if (this.#made.size > this.#limit) this.#made.delete(String(oldest));
  }
}

/**
 * Makes the providers of documents, each after the one that it is like: first another document of this source, then
 * one of `beneath`, then a built-in provider, then one of the shelf. A document that is like its own name is like the
 * one beneath it.
 *
 * @param documents values that were not checked, by name of the provider
 */
export const defineDocuments = (documents: ReadonlyMap<string, unknown>, making: Making): DefinedDocuments =>
  defineDrafts(
    new Map(
      [...documents].map(([name, document]) => [
        name,
        { document, inSchema: making.check(ProviderSchema, document), inName: namesMistakes(name, document) },
      ]),
    ),
    making,
  );

/** As `defineDocuments`, of documents that were checked by themselves. */
export function defineDrafts(drafts: Drafts, making: Making): DefinedDocuments {
  const source = new DocumentSource(drafts, making);
  for (const name of drafts.keys()) source.make(name, []);
  return source;
}

class DocumentSource implements DefinedDocuments {
  readonly providers = new Map<string, Provider>();
  readonly mistakes = new Map<string, readonly Mistake[]>();
  readonly #drafts: Drafts;
  readonly #making: Making;
  readonly #budget = new TemplateBudget();

  constructor(drafts: Drafts, making: Making) {
    this.#drafts = drafts;
    this.#making = making;
  }

  /** @param trail names of the documents that are like this one, the first of them first */
  make(name: string, trail: readonly string[]): void {
    if (this.providers.has(name) || this.mistakes.has(name)) return;
    const draft = this.#drafts.get(name);
    if (draft === undefined) {
      this.#keep(name, []);
      return;
    }
    const like = this.#like(name, draft, trail);
    const { made, before: inForce } = this.#making;
    const check = (value: unknown): readonly Mistake[] => this.#making.check(ProviderSchema, value);
    const text = textOf(name, draft);
    const find = (each: string): Provider | undefined => builtInProviders.get(each);
    const others = this.#others(name);
    const known = like.mistake === undefined ? made.find(text, like.provider, inForce?.get(name)) : undefined;
    const budget = this.#making.ofFolder === true ? new TemplateBudget() : this.#budget;
    const before = budget.spent;
    const templates = known === undefined ? 0 : made.templatesOf(known);
    // a provider that was made had no mistake then; the others may be new
    const isGood = known !== undefined && budget.has(templates) && hostMistakes(known, others).length === 0;
    // one that is judged again spends them while it is read
    if (isGood) budget.spend(templates);
    const defined = isGood
      ? { provider: known, mistakes: [] }
      : judge(draft, { name, like, find, others, check, budget });
    if (defined.provider === undefined) {
      this.#keep(name, defined.mistakes);
      return;
    }
    if (!isGood && like.mistake === undefined) {
      made.keep(text, defined.provider, { like: like.provider, templates: budget.spent - before });
    }
    this.providers.set(name, defined.provider);
  }

  /** Leaves in force what was before a document with mistakes. */
  #keep(name: string, mistakes: readonly Mistake[]): void {
    this.mistakes.set(name, mistakes);
    const before = this.#making.before?.get(name);
    if (before !== undefined) this.providers.set(name, before);
  }

  /** The other providers that are served beside one of this source. */
  #others(name: string): readonly Provider[] {
    const { beneath, before = new Map<string, Provider>() } = this.#making;
    const isBeneath = beneath.filter((each) => each.name !== name && !this.#isHere(each.name));
    // those that are not made yet, and will stay as they were
    const staying = [...before.values()].filter(
      (each) => each.name !== name && !this.providers.has(each.name) && this.#stays(each),
    );
    return [...isBeneath, ...this.providers.values(), ...staying];
  }

  #stays(provider: Provider): boolean {
    const draft = this.#drafts.get(provider.name);
    if (draft === undefined || draft.inSchema.length > 0) return true;
    return this.#making.made.isOf(textOf(provider.name, draft), provider);
  }

  #like(name: string, { document, inSchema }: Draft, trail: readonly string[]): FoundLike {
    const said = memberOf(document, 'like');
    const isName = typeof said === 'string' && inSchema.every(({ path }) => path !== 'like');
    const like = isName ? said : 'standard';
    const way = [...trail, name];
    const isHere = like !== name && this.#isHere(like);
    if (isHere && trail.includes(like)) {
      return likeMistake(`is like itself: ${[...way, like].join(' is like ')}`);
    }
    if (isHere) this.make(like, way);
    const found = isHere ? this.providers.get(like) : this.#beneath(like);
    if (found !== undefined) return { provider: found };
    if (isHere) return likeMistake(`the provider ${JSON.stringify(like)} has mistakes`);
    if (like === name) {
      const missing = `there is no provider ${JSON.stringify(name)} here`;
      const advice = 'name its file too, or serve it with --providers';
      const why = this.#making.ofFolder === true ? `${name} is like ${name}` : `${missing}; ${advice}`;
      return likeMistake(`is like itself: ${why}`);
    }
    const others = this.#names.filter((each) => each !== name);
    const meant = nearest(like, others) ?? '';
    const message = `there is no provider ${JSON.stringify(like)}${suggest(like, others)}`;
    return likeMistake(message, this.providers.get(meant) ?? this.#beneath(meant));
  }

  /** Whether a document of this source has a name that it can have. One called `standard` leaves the built-in one. */
  #isHere(name: string): boolean {
    return this.#drafts.has(name) && nameMistake(name) === undefined;
  }

  #beneath(name: string): Provider | undefined {
    const { beneath, shelf } = this.#making;
    return beneath.find((each) => each.name === name) ?? builtInProviders.get(name) ?? shelf.find(name);
  }

  /** Names that a document can be like. A file of another name, such as `A.yaml`, makes no provider. */
  get #names(): readonly string[] {
    const { beneath, shelf } = this.#making;
    const inSource = [...this.#drafts.keys()].filter((each) => this.#isHere(each));
    return [...new Set([...builtInProviders.keys(), ...beneath.map((each) => each.name), ...inSource, ...shelf.names])];
  }
}

/** @param meant the provider that was probably meant */
const likeMistake = (message: string, meant?: Provider): FoundLike => ({
  provider: meant,
  mistake: { path: 'like', message },
});

/** Mistakes in the name that a document is given, and in the one that it has itself. */
function namesMistakes(name: string, document: unknown): Mistake[] {
  const wrong = nameMistake(name);
  if (wrong !== undefined) return [{ path: '', message: wrong }];
  const inside = typeof document === 'object' && document !== null && 'name' in document ? document.name : name;
  if (inside === name || typeof inside !== 'string') return [];
  const message = `is ${JSON.stringify(inside)}, but the provider is called ${JSON.stringify(name)} here`;
  return [{ path: 'name', message }];
}
