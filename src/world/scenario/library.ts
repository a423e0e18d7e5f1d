import { join } from 'node:path';
import { Definitions, layered } from '../definitions.js';
import { packageFolder } from '../../package.js';
import { providers } from '../../providers/index.js';
import { BadScenario } from './bad-scenario.js';
import { findCycle, cycleMessage } from './extends-cycle.js';
import { defaultScenario } from './default-scenario.js';
import { didYouMean } from '../../input/did-you-mean.js';
import { extendScenario } from './extend.js';
import { filesOf, nameOf, duplicateNames, tooManyFiles } from '../../input/document/files.js';
import { watchFolder } from '../../input/document/watch-folder.js';
import { load } from './files.js';
import { madeIn, withStandIns, withoutRealms } from './made-in.js';
import { Resolutions } from './resolutions.js';
import { tooMany } from './too-many.js';
import type { LazyShelf } from '../../providers/files/lazy-shelf.js';
import type { Provider } from '../../providers/provider.js';
import type { PlacedMistake } from '../../input/document/files.js';
import type { Fixture, GoodFixture } from './fixture.js';
import type { KnownToFiles } from './known-names.js';
import type { ProviderDocuments, Scenario } from './schema/scenario.js';

const builtInFolder = join(packageFolder, 'fixtures', 'scenarios');

/** A scenario in the list of the library. */
export interface ScenarioSummary {
  readonly name: string;
  readonly description: string;
  readonly source: 'built-in' | 'file';
}

/** A valid file of the user's folder: the parsed file, and the scenario resolved with what it extends. */
interface Own {
  readonly fixture: GoodFixture;
  resolved?: Scenario;
}

/**
 * All scenarios by name: the built-in ones, and those of the user's folder, which take precedence. Files are read when
 * they are needed; the parser is loaded with the first file.
 */
export class ScenarioLibrary {
  readonly #findingIds: () => Promise<readonly string[]>;
  readonly #providers: () => readonly Provider[];
  readonly #folder: string | undefined;
  /** Makes the providers of documents: those of its scenarios, and of calls of the admin API. */
  readonly definitions: Definitions;
  /** The files of the user's folder that were read the last time. */
  #files: readonly string[] = [];
  /** The last valid version of each file of the user's folder. */
  #own = new Map<string, Own>();
  /** The scenario that each parsed file of the user's folder extends, even if that scenario is invalid. */
  readonly #parents = new Map<string, string | undefined>();
  /** Names of files that had mistakes when the folder was last read. */
  readonly #bad = new Set<string>();
  readonly #builtIn = new Map<string, Fixture>();
  readonly #resolutions = new Resolutions();

  /**
   * @param findingIds gives the ids that a scenario may suppress; called before the first file is checked
   * @param folder the user's folder of scenario files, if there is one
   * @param served gives the providers that a scenario may name. Default: the built-in ones
   * @param shelf the shelf of the server. Default: one of its own
   */
  constructor(
    findingIds: () => Promise<readonly string[]>,
    folder?: string,
    served: () => readonly Provider[] = () => providers,
    shelf?: LazyShelf,
  ) {
    this.#findingIds = findingIds;
    this.#providers = served;
    this.definitions = new Definitions(served, shelf);
    this.#folder = folder;
  }

  /** Names that a scenario may refer to. */
  async knownNames(): Promise<KnownToFiles> {
    return {
      providers: this.#providers(),
      findingIds: await this.#findingIds(),
      definitions: this.definitions,
      inheritsDefinitions: (base) => !this.#isBuiltIn(base),
    };
  }

  /**
   * Reads the user's folder. If a file has mistakes, its last valid version remains in use.
   *
   * @returns the mistakes of all files
   * @throws the system's error if the folder cannot be read
   */
  async read(): Promise<readonly PlacedMistake[]> {
    if (this.#folder === undefined) return [];
    const files = (this.#files = filesOf(this.#folder, this.#files));
    const mistakes: PlacedMistake[] = [
      ...tooManyFiles(this.#folder, 'scenario', files),
      ...files.flatMap((file, i) => duplicateNames(file, files.slice(0, i), 'scenario')),
    ];
    const [before, now] = [this.#own, new Map<string, Own>()];
    this.#resolutions.forget();
    this.#bad.clear();
    this.#parents.clear();
    for (const file of files) {
      const name = nameOf(file);
      const fixture = await load(file, await this.knownNames());
      if (fixture.scenario === undefined) this.#bad.add(name);
      else this.#parents.set(name, fixture.scenario.extends);
      const own = fixture.scenario === undefined ? before.get(name) : { fixture };
      if (own !== undefined) now.set(name, own);
      mistakes.push(...fixture.mistakes);
    }
    this.#own = now;
    const unsettled = await this.#settleAll(before);
    this.#resolutions.forget();
    return [...mistakes, ...unsettled];
  }

  /** Resolves all files. If one falls back to its last valid version, the files that extend it are resolved again. */
  async #settleAll(before: ReadonlyMap<string, Own>): Promise<readonly PlacedMistake[]> {
    const mistakes: PlacedMistake[] = [];
    const replaced = new Set<string>();
    for (let looks = -1; looks < replaced.size;) {
      looks = replaced.size;
      for (const [name, own] of this.#own) {
        const found = replaced.has(name) ? [] : await this.#settle(name, own, before.get(name));
        if (found.length > 0) replaced.add(name);
        mistakes.push(...found);
      }
    }
    return mistakes;
  }

  /** Resolves one file. If it has mistakes, its last valid version remains in use. */
  async #settle(name: string, own: Own, last: Own | undefined): Promise<readonly PlacedMistake[]> {
    try {
      own.resolved = await this.resolve(own.fixture.scenario, name);
      return [];
    } catch (error) {
      if (!(error instanceof BadScenario)) throw error;
      this.#bad.add(name);
      if (last === undefined) this.#own.delete(name);
      else this.#own.set(name, last);
      return error.mistakes.map(own.fixture.place);
    }
  }

  /**
   * Watches the user's folder. Calls back after it changed and was read again. Returns a function that stops watching.
   */
  watch(changed: (mistakes: readonly PlacedMistake[]) => Promise<void>, failed: (error: Error) => void): () => void {
    if (this.#folder === undefined) return () => undefined;
    return watchFolder(this.#folder, async () => changed(await this.read()), failed);
  }

  names(): string[] {
    return [...new Set(['default', ...filesOf(builtInFolder).map(nameOf), ...this.#own.keys()])].sort();
  }

  async list(): Promise<ScenarioSummary[]> {
    return Promise.all(
      this.names().map(async (name) => ({
        name,
        description: (await this.#find(name))?.description ?? '',
        source: this.#own.has(name) ? ('file' as const) : ('built-in' as const),
      })),
    );
  }

  /** A resolved scenario by name. Undefined if there is none. Only valid scenarios are found. */
  async get(name: string): Promise<Scenario | undefined> {
    const resolved = this.#own.get(name)?.resolved;
    if (resolved !== undefined) return resolved;
    const own = await this.#findBuiltIn(name);
    // The default scenario extends no other and is checked by the compiler, so the start needs no validator.
    return own === undefined || own === defaultScenario ? own : this.resolve(own, name);
  }

  /** The definitions of its scenarios, by their names: providers that are like one of the server follow it. */
  get defined(): readonly (readonly [string, ProviderDocuments | undefined])[] {
    return [...this.#own].map(([name, { resolved }]) => [name, resolved?.definitions]);
  }

  /**
   * Resolves a scenario with those that it extends, makes its providers, and checks the result.
   *
   * @param own providers of the world that plays it. It may name them
   * @throws BadScenario
   */
  async resolve(scenario: Scenario, name?: string, own: readonly Provider[] = []): Promise<Scenario> {
    const resolve = (): Promise<Scenario> => this.#resolve(scenario, name, own);
    const isInline = name === undefined && own.length === 0;
    return isInline ? this.#resolutions.of(scenario, this.#providers(), resolve) : resolve();
  }

  async #resolve(scenario: Scenario, name: string | undefined, own: readonly Provider[]): Promise<Scenario> {
    const { checkScenario, checkPolicies } = await import('./check-scenario.js');
    const trail = name === undefined ? [] : [name];
    const resolved = await this.#inherit(
      scenario,
      trail,
      name !== undefined && scenario === this.#builtIn.get(name)?.scenario,
    );
    const known = await this.knownNames();
    const made = await madeIn(resolved, this.definitions);
    const served = layered(known.providers, made.providers, own);
    const bad = [...made.bad.keys()];
    const mistakes = [
      ...made.mistakes,
      ...checkScenario(withoutRealms(scenario, bad), { ...known, providers: withStandIns(served, bad) }),
      ...checkPolicies(resolved, served),
      ...tooMany(resolved),
    ];
    if (mistakes.length > 0) throw new BadScenario(mistakes);
    return resolved;
  }

  /**
   * A built-in scenario extends only built-in ones. A user's file of the same name replaces it only for
   * other user's files.
   */
  async #inherit(scenario: Scenario, trail: readonly string[], isBuiltIn: boolean): Promise<Scenario> {
    const parent = scenario.extends;
    if (parent === undefined) return scenario;
    const base = await (isBuiltIn ? this.#findBuiltIn(parent) : this.#base(parent, trail));
    if (base === undefined) throw new BadScenario([{ path: 'extends', message: this.#whyMissing(parent, trail) }]);
    return extendScenario(
      await this.#inherit(base, [...trail, parent], base !== this.#own.get(parent)?.fixture.scenario),
      scenario,
    );
  }

  #whyMissing(name: string, trail: readonly string[]): string {
    const cycle = findCycle([...trail, name], this.#parents);
    if (cycle !== undefined) return cycle;
    if (this.#bad.has(name)) return `the scenario ${JSON.stringify(name)} has mistakes`;
    return `there is no scenario ${JSON.stringify(name)}${didYouMean(name, this.names())}`;
  }

  /**
   * The scenario that another extends. A file that extends its own name refers to the built-in scenario of that name.
   */
  async #base(parent: string, trail: readonly string[]): Promise<Scenario | undefined> {
    const shadowed = parent === trail.at(-1) ? await this.#findBuiltIn(parent) : undefined;
    if (shadowed !== undefined) return shadowed;
    if (trail.includes(parent)) throw new BadScenario([{ path: 'extends', message: cycleMessage([...trail, parent]) }]);
    return this.#find(parent);
  }

  async #find(name: string): Promise<Scenario | undefined> {
    return this.#own.get(name)?.fixture.scenario ?? this.#findBuiltIn(name);
  }

  /** Whether a name is that of a built-in scenario, which no file of the user replaces. */
  #isBuiltIn(name: string): boolean {
    return !this.#own.has(name) && !this.#bad.has(name) && (name === 'default' || builtInFile(name) !== undefined);
  }

  async #findBuiltIn(name: string): Promise<Scenario | undefined> {
    if (name === 'default') return defaultScenario;
    const file = builtInFile(name);
    if (file === undefined) return undefined;
    const fixture = this.#builtIn.get(name) ?? (await load(file, await this.knownNames()));
    this.#builtIn.set(name, fixture);
    // Built-in scenarios are valid: a test resolves each of them.
    return fixture.scenario;
  }
}

const builtInFile = (name: string): string | undefined => filesOf(builtInFolder).find((each) => nameOf(each) === name);
