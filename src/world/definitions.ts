import { LazyShelf } from '../providers/files/lazy-shelf.js';
import type { Mistake } from '../input/mistake.js';
import type { MadeProviders } from '../providers/files/define-documents.js';
import type { Provider } from '../providers/provider.js';
import type { ProviderDocuments, Scenario } from './scenario/schema/scenario.js';

/** What documents became: their providers, and their mistakes with the name of the provider before each path. */
export interface MadeDefinitions {
  /** The providers of the documents that have no mistake, and those that stay in force in place of others. */
  readonly providers: readonly Provider[];
  readonly mistakes: readonly Mistake[];
  /** The mistakes of the documents that have some, by name of the provider, with the paths in the document. */
  readonly bad: ReadonlyMap<string, readonly Mistake[]>;
}

/**
 * Makes the providers of documents of one source. If there is no mistake, `providersOf` finds them.
 *
 * @param beneath providers of other sources that the documents may be like, before those of the server
 */
export type MakeDefinitions = (documents: ProviderDocuments, beneath?: readonly Provider[]) => MadeDefinitions;

/** The providers of documents that were made without a mistake. */
const made = new WeakMap<ProviderDocuments, readonly Provider[]>();

/**
 * The providers of documents. The documents of a scenario were made when it was resolved, those of a world when they
 * were set.
 *
 * @throws Error if they were not made
 */
export function providersOf(documents: ProviderDocuments | undefined): readonly Provider[] {
  if (documents === undefined) return [];
  const found = made.get(documents);
  if (found === undefined) throw new Error('the providers of these documents were not made');
  return found;
}

/** Documents of a world cannot be made above what its next scenario defines. */
export class BadDefinitions extends Error {
  /** Their mistakes, by name of the provider. */
  readonly bad: MadeDefinitions['bad'];

  constructor(bad: MadeDefinitions['bad']) {
    const found = [...bad].flatMap(([name, mistakes]) => mistakes.map((mistake) => inDocument(name, mistake)));
    super(found.join('; '));
    this.bad = bad;
  }
}

/** A mistake in words, with the provider and the place in its document. */
export const inDocument = (name: string, { path, message }: Mistake): string =>
  `the provider ${JSON.stringify(name)} of this world has mistakes: ${[path, message].filter(Boolean).join(': ')}`;

/**
 * Makes the documents of a world again, for another scenario: they may be like providers that it defines.
 *
 * @throws BadDefinitions
 */
export function remade(documents: ProviderDocuments, scenario: Scenario, make: MakeDefinitions): ProviderDocuments {
  const again = { ...documents };
  const { bad } = make(again, providersOf(scenario.definitions));
  if (bad.size > 0) throw new BadDefinitions(bad);
  return again;
}

/**
 * Makes documents again after providers that they are like have changed. If some of them have mistakes now, all of them
 * stay as they were.
 *
 * @param beneath providers of other sources that the documents may be like, before those of the server
 * @returns the mistakes in words
 */
export function follow(
  documents: ProviderDocuments | undefined,
  make: MakeDefinitions,
  beneath: readonly Provider[] = [],
): readonly string[] {
  if (documents === undefined) return [];
  return [...make(documents, beneath).bad].flatMap(([name, mistakes]) =>
    mistakes.map(({ path, message }) => `${JSON.stringify(name)}: ${[path, message].filter(Boolean).join(': ')}`),
  );
}

/** Providers by precedence: a later one replaces an earlier one of the same name. */
export function layered(served: readonly Provider[], ...above: readonly (readonly Provider[])[]): readonly Provider[] {
  // the same list where nothing is above: what is looked up in it is kept for each list
  if (above.every((each) => each.length === 0)) return served;
  return [...new Map([served, ...above].flat().map((provider) => [provider.name, provider])).values()];
}

/** Makes providers of documents in scenarios and in calls of the admin API. */
export class Definitions {
  readonly #served: () => readonly Provider[];
  #kept: MadeProviders | undefined;
  readonly #shelf: LazyShelf;

  /**
   * @param served gives the providers of the server
   * @param shelf the shelf of the server
   */
  constructor(served: () => readonly Provider[], shelf = new LazyShelf()) {
    this.#served = served;
    this.#shelf = shelf;
  }

  /** Loads the code of provider files with the template library. A server without documents does not need them. */
  async load(): Promise<MakeDefinitions> {
    const [{ MadeProviders, defineDocuments }, shelf, { check }] = await Promise.all([
      import('../providers/files/define-documents.js'),
      this.#shelf.load(),
      import('./check-document.js'),
    ]);
    const kept = (this.#kept ??= new MadeProviders());
    return (documents, beneath = []) => {
      const defined = defineDocuments(new Map(Object.entries(documents)), {
        check,
        beneath: layered(this.#served(), beneath),
        shelf,
        made: kept,
        before: new Map(made.get(documents)?.map((provider) => [provider.name, provider])),
      });
      const providers = [...defined.providers.values()];
      if (defined.mistakes.size === 0) made.set(documents, providers);
      return { providers, mistakes: placed(defined.mistakes), bad: defined.mistakes };
    };
  }
}

function placed(mistakes: ReadonlyMap<string, readonly Mistake[]>): Mistake[] {
  return [...mistakes].flatMap(([name, found]) =>
    found.map(({ path, message }) => ({ path: path === '' ? name : `${name}.${path}`, message })),
  );
}
