import { watch } from 'node:fs';
import { join } from 'node:path';
import { ruleLimit } from '../../faults/script.js';
import { packageFolder } from '../../package.js';
import { providers } from '../../providers/index.js';
import { BadScenario } from './bad-scenario.js';
import { findCycle, cycleMessage } from './extends-cycle.js';
import { defaultScenario } from './default-scenario.js';
import { didYouMean } from '../../input/did-you-mean.js';
import { extendScenario } from './extend.js';
import { filesOf, load, nameOf, duplicateNames } from './files.js';
import type { Mistake } from '../../input/mistake.js';
import type { Fixture, GoodFixture, PlacedMistake } from './fixture.js';
import type { Scenario } from './schema/scenario.js';

const builtInFolder = join(packageFolder, 'fixtures', 'scenarios');
/** Editors write a file in several steps: look when they are done. */
const settleMs = 100;

/** A scenario as the library lists it. */
export interface ScenarioSummary {
  readonly name: string;
  readonly description: string;
  readonly source: 'built-in' | 'file';
}

/** A file of the user's folder as it is in force: its text, read, and what that gives with nothing left to inherit. */
interface Own {
  readonly fixture: GoodFixture;
  resolved?: Scenario;
}

/**
 * Every scenario that can be played by name: the built-in ones, and over them those of a folder that the user gave. Nothing
 * is read before it is asked for; the parser is loaded with the first file.
 */
export class ScenarioLibrary {
  readonly #folder: string | undefined;
  /** Good files of the user's folder, as they were last read. */
  #own = new Map<string, Own>();
  /** What the files of the user's folder extend as they are now, whether or not they can be played. */
  readonly #parents = new Map<string, string | undefined>();
  /** Files that were found bad when the folder was last read. */
  readonly #bad = new Set<string>();
  readonly #builtIn = new Map<string, Fixture>();

  constructor(folder?: string) {
    this.#folder = folder;
  }

  /**
   * Reads the user's folder, or reads it again. A file with mistakes leaves its last good version in force.
   *
   * @returns the mistakes of all files
   * @throws the system's error where the folder cycleMessage cannot be read
   */
  async read(): Promise<readonly PlacedMistake[]> {
    if (this.#folder === undefined) return [];
    const files = filesOf(this.#folder);
    const mistakes: PlacedMistake[] = files.flatMap((file, i) => duplicateNames(file, files.slice(0, i)));
    const before = this.#own;
    const now = new Map<string, Own>();
    this.#bad.clear();
    this.#parents.clear();
    for (const file of files) {
      const name = nameOf(file);
      const fixture = await load(file);
      if (fixture.scenario === undefined) this.#bad.add(name);
      else this.#parents.set(name, fixture.scenario.extends);
      const own = fixture.scenario === undefined ? before.get(name) : { fixture };
      if (own !== undefined) now.set(name, own);
      mistakes.push(...fixture.mistakes);
    }
    this.#own = now;
    return [...mistakes, ...(await this.#settleAll(before))];
  }

  /** Lays files over what they extend, until none falls back any more: that changes those that extend it. */
  async #settleAll(before: ReadonlyMap<string, Own>): Promise<readonly PlacedMistake[]> {
    const mistakes: PlacedMistake[] = [];
    const fallen = new Set<string>();
    for (let looks = -1; looks < fallen.size;) {
      looks = fallen.size;
      for (const [name, own] of this.#own) {
        const found = fallen.has(name) ? [] : await this.#settle(name, own, before.get(name));
        if (found.length > 0) fallen.add(name);
        mistakes.push(...found);
      }
    }
    return mistakes;
  }

  /** Lays a file over what it extends. Mistakes that show only then leave the last good version in force as well. */
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

  /** Calls back whenever a file of the user's folder changed and was read again. Returns what ends it. */
  watch(changed: (mistakes: readonly PlacedMistake[]) => void, failed: (error: Error) => void): () => void {
    if (this.#folder === undefined) return () => undefined;
    let timer: NodeJS.Timeout | undefined;
    const watcher = watch(this.#folder, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.read().then(changed, failed), settleMs);
    });
    watcher.on('error', failed);
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
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

  /** A scenario by name, with nothing left to inherit; undefined where there is none. All that can be found was found good. */
  async get(name: string): Promise<Scenario | undefined> {
    const resolved = this.#own.get(name)?.resolved;
    if (resolved !== undefined) return resolved;
    const own = await this.#findBuiltIn(name);
    // the default one inherits nothing and was checked by the compiler: no start need load what checks the others
    return own === undefined || own === defaultScenario ? own : this.resolve(own, name);
  }

  /**
   * Lays a scenario over those that it extends, and checks what only the whole can show.
   *
   * @throws BadScenario
   */
  async resolve(scenario: Scenario, name?: string): Promise<Scenario> {
    const { checkMeaning, checkPolicies } = await import('./check-scenario.js');
    const trail = name === undefined ? [] : [name];
    const resolved = await this.#inherit(
      scenario,
      trail,
      name !== undefined && scenario === this.#builtIn.get(name)?.scenario,
    );
    const mistakes = [
      ...checkMeaning(scenario, providers),
      ...checkPolicies(resolved, providers),
      ...tooManyFaults(resolved),
    ];
    if (mistakes.length > 0) throw new BadScenario(mistakes);
    return resolved;
  }

  /** What is built in extends what is built in: a file of the same name stands before it for other files alone. */
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
    if (this.#bad.has(name)) return `the scenario ${JSON.stringify(name)} has mistakes of its own`;
    return `there is no scenario ${JSON.stringify(name)}${didYouMean(name, this.names())}`;
  }

  /** What a scenario extends. A file that extends its own name means the built-in one that it stands before. */
  async #base(parent: string, trail: readonly string[]): Promise<Scenario | undefined> {
    const shadowed = parent === trail.at(-1) ? await this.#findBuiltIn(parent) : undefined;
    if (shadowed !== undefined) return shadowed;
    if (trail.includes(parent)) throw new BadScenario([{ path: 'extends', message: cycleMessage([...trail, parent]) }]);
    return this.#find(parent);
  }

  async #find(name: string): Promise<Scenario | undefined> {
    return this.#own.get(name)?.fixture.scenario ?? this.#findBuiltIn(name);
  }

  async #findBuiltIn(name: string): Promise<Scenario | undefined> {
    if (name === 'default') return defaultScenario;
    const file = filesOf(builtInFolder).find((each) => nameOf(each) === name);
    if (file === undefined) return undefined;
    const fixture = this.#builtIn.get(name) ?? (await load(file));
    this.#builtIn.set(name, fixture);
    // those that ship are good: each is played by a test
    return fixture.scenario;
  }
}

function tooManyFaults({ faults = [] }: Scenario): Mistake[] {
  return faults.length > ruleLimit
    ? [{ path: 'faults', message: `are ${faults.length} with those inherited; the limit is ${ruleLimit}` }]
    : [];
}
