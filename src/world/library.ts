import { readFileSync, readdirSync, statSync, watch } from 'node:fs';
import { extname, join } from 'node:path';
import { packageFolder } from '../package.js';
import { providers } from '../providers/index.js';
import { defaultScenario } from './default-scenario.js';
import { overlay } from './scenario.js';
import type { Mistake } from './check.js';
import type { Fixture, PlacedMistake } from './fixture.js';
import type { Scenario } from './schema/scenario.js';

const builtInFolder = join(packageFolder, 'fixtures', 'scenarios');
const extensions = ['.yaml', '.yml', '.json'];
const fileLimitBytes = 1024 * 1024;
/** Editors write a file in several steps: look when they are done. */
const settleMs = 100;

/** A scenario that cannot be played, with every mistake in it. */
export class BadScenario extends Error {
  readonly mistakes: readonly (Mistake | PlacedMistake)[];

  constructor(mistakes: readonly (Mistake | PlacedMistake)[]) {
    super(mistakes.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
    this.mistakes = mistakes;
  }
}

/** A scenario as the library lists it. */
export interface ScenarioSummary {
  readonly name: string;
  readonly description: string;
  readonly source: 'built-in' | 'file';
}

/**
 * Every scenario that can be played by name: the built-in ones, and over them those of a folder that the user gave. Nothing
 * is read before it is asked for; the parser is loaded with the first file.
 */
export class ScenarioLibrary {
  readonly #folder: string | undefined;
  /** Good files of the user's folder, as they were last read. */
  #own = new Map<string, Fixture>();
  readonly #builtIn = new Map<string, Fixture>();

  constructor(folder?: string) {
    this.#folder = folder;
  }

  /**
   * Reads the user's folder, or reads it again. A file with mistakes leaves its last good version in force.
   *
   * @returns the mistakes of all files
   */
  async read(): Promise<readonly PlacedMistake[]> {
    if (this.#folder === undefined) return [];
    const fixtures = new Map<string, Fixture>();
    const mistakes: PlacedMistake[] = [];
    for (const [name, file] of filesIn(this.#folder)) {
      const fixture = await load(file);
      const kept = fixture.scenario === undefined ? this.#own.get(name) : fixture;
      if (kept !== undefined) fixtures.set(name, kept);
      mistakes.push(...fixture.mistakes);
    }
    const before = this.#own;
    this.#own = fixtures;
    for (const [name, fixture] of fixtures) {
      const found = await mistakesOf(this, name, fixture);
      mistakes.push(...found);
      const last = before.get(name);
      if (found.length > 0 && last !== undefined) fixtures.set(name, last);
    }
    return mistakes;
  }

  /** Calls back whenever a file of the user's folder changed and was read again. Returns what ends it. */
  watch(changed: (mistakes: readonly PlacedMistake[]) => void): () => void {
    if (this.#folder === undefined) return () => undefined;
    let timer: NodeJS.Timeout | undefined;
    const watcher = watch(this.#folder, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.read().then(changed), settleMs);
    });
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  }

  names(): string[] {
    return [...new Set(['default', ...filesIn(builtInFolder).keys(), ...this.#own.keys()])].sort();
  }

  async list(): Promise<ScenarioSummary[]> {
    return Promise.all(this.names().map(async (name) => ({ name, description: (await this.#find(name))?.description ?? '', source: this.#own.has(name) ? ('file' as const) : ('built-in' as const) })));
  }

  /**
   * A scenario by name, with nothing left to inherit; undefined where there is none.
   *
   * @throws BadScenario
   */
  async get(name: string): Promise<Scenario | undefined> {
    const own = await this.#find(name);
    return own === undefined ? undefined : this.resolve(own, name);
  }

  /**
   * Lays a scenario over those that it extends, and checks what only the whole can show.
   *
   * @throws BadScenario
   */
  async resolve(scenario: Scenario, name?: string): Promise<Scenario> {
    const { checkMeaning, checkPolicies } = await import('./semantics.js');
    const resolved = await this.#inherit(scenario, name === undefined ? [] : [name]);
    const mistakes = [...checkMeaning(scenario, providers), ...checkPolicies(resolved, providers)];
    if (mistakes.length > 0) throw new BadScenario(mistakes);
    return resolved;
  }

  async #inherit(scenario: Scenario, trail: readonly string[]): Promise<Scenario> {
    const parent = scenario.extends;
    if (parent === undefined) return scenario;
    // a file called `default` that extends `default` means the built-in one
    const shadowed = parent === trail.at(-1) && this.#own.has(parent);
    if (trail.includes(parent) && !shadowed) throw new BadScenario([{ path: 'extends', message: `the scenario extends itself: ${[...trail, parent].join(' → ')}` }]);
    const base = shadowed ? await this.#findBuiltIn(parent) : await this.#find(parent);
    if (base === undefined) {
      const { didYouMean } = await import('./check.js');
      throw new BadScenario([{ path: 'extends', message: `there is no scenario ${JSON.stringify(parent)}${didYouMean(parent, this.names())}` }]);
    }
    return overlay(await this.#inherit(base, [...trail, parent]), scenario);
  }

  async #find(name: string): Promise<Scenario | undefined> {
    return this.#own.get(name)?.scenario ?? this.#findBuiltIn(name);
  }

  async #findBuiltIn(name: string): Promise<Scenario | undefined> {
    if (name === 'default') return defaultScenario;
    const file = filesIn(builtInFolder).get(name);
    if (file === undefined) return undefined;
    const fixture = this.#builtIn.get(name) ?? (await load(file));
    this.#builtIn.set(name, fixture);
    if (fixture.scenario === undefined) throw new BadScenario(fixture.mistakes);
    return fixture.scenario;
  }
}

/** Mistakes that show only when a file is laid over what it extends. */
async function mistakesOf(library: ScenarioLibrary, name: string, { scenario, place }: Fixture): Promise<PlacedMistake[]> {
  try {
    if (scenario !== undefined) await library.resolve(scenario, name);
    return [];
  } catch (error) {
    if (error instanceof BadScenario) return error.mistakes.map(place);
    throw error;
  }
}

/**
 * Checks one scenario file as `understudy check` does: by itself, and with what it extends.
 *
 * @returns its mistakes, all at once
 */
export async function checkFile(file: string, library: ScenarioLibrary): Promise<readonly PlacedMistake[]> {
  const fixture = await load(file);
  return fixture.mistakes.length > 0 ? fixture.mistakes : mistakesOf(library, nameOf(file), fixture);
}

async function load(file: string): Promise<Fixture> {
  const { readFixture } = await import('./fixture.js');
  if (statSync(file).size > fileLimitBytes) return tooLarge(file);
  return readFixture(readFileSync(file, 'utf8'), file);
}

function tooLarge(file: string): Fixture {
  const place = (mistake: Mistake): PlacedMistake => ({ file, line: 1, column: 1, ...mistake });
  return { file, scenario: undefined, mistakes: [place({ path: '', message: `is larger than ${fileLimitBytes} bytes` })], place };
}

/** Scenario files of a folder, by the name that they are played by. */
function filesIn(folder: string): Map<string, string> {
  const files = readdirSync(folder).filter((file) => extensions.includes(extname(file))).sort();
  return new Map(files.map((file) => [nameOf(file), join(folder, file)]));
}

function nameOf(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? file;
  return base.slice(0, -extname(base).length);
}
