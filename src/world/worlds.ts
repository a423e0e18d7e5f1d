import { realNow } from './clock.js';
import { defaultScenario } from './scenario/default-scenario.js';
import { World } from './world.js';
import type { Provider } from '../providers/provider.js';
import type { Scenario } from './scenario/schema/scenario.js';
import type { OwnSettings } from './world.js';

export const worldIdPattern = '^[A-Za-z0-9_-]{1,64}$';

export interface WorldsOptions {
  readonly providers: readonly Provider[];
  /** What `default`, and every world that names no scenario, is filled with. */
  readonly scenario?: Scenario;
  readonly scenarioName?: string;
  readonly limit?: number;
  /** Real seconds after which a world that nobody used is dropped; never `default`. */
  readonly idleSeconds?: number;
}

export interface OpenOptions {
  readonly id: string;
  readonly scenario?: Scenario;
  readonly scenarioName?: string | undefined;
  readonly own?: OwnSettings | undefined;
  readonly drawn?: Readonly<Record<string, number>>;
}

/** More worlds than the limit allows were asked for. */
export class TooManyWorlds extends Error {}

/** A world that a call is about is there no more. */
export class WorldGone extends Error {}

/** Every world of this process, by id. The world `default` always exists. */
export class Worlds {
  readonly providers: readonly Provider[];
  readonly limit: number;
  readonly idleSeconds: number;
  /** What a world without a scenario of its own is filled with. */
  scenario: Scenario;
  scenarioName: string | undefined;
  readonly #worlds = new Map<string, World>();

  constructor({
    providers,
    scenario = defaultScenario,
    scenarioName = scenario === defaultScenario ? 'default' : undefined,
    limit = 20_000,
    idleSeconds = 3600,
  }: WorldsOptions) {
    this.providers = providers;
    this.scenario = scenario;
    this.scenarioName = scenarioName;
    this.limit = limit;
    this.idleSeconds = idleSeconds;
    this.open({ id: 'default' });
  }

  get size(): number {
    return this.#worlds.size;
  }

  /**
   * Makes a world, or makes it anew: whatever was in it is forgotten.
   *
   * @throws TooManyWorlds
   */
  open({
    id,
    scenario = this.scenario,
    scenarioName = scenario === this.scenario ? this.scenarioName : undefined,
    own,
    drawn,
  }: OpenOptions): World {
    if (!this.#worlds.has(id) && this.#worlds.size >= this.limit) {
      throw new TooManyWorlds(
        `${this.limit} worlds exist already, which is the limit: drop one, or start with a larger world limit (--world-limit)`,
      );
    }
    const world = new World({ id, scenario, scenarioName, own, providers: this.providers, realNow: realNow(), drawn });
    this.#worlds.get(id)?.end();
    this.#worlds.set(id, world);
    return world;
  }

  /**
   * Makes a world anew for somebody who held it while something else was awaited.
   *
   * @throws WorldGone where it was dropped meanwhile: a drop is not undone
   */
  replace({ id }: World, options: Omit<OpenOptions, 'id'>): World {
    if (!this.#worlds.has(id)) {
      throw new WorldGone(`the world ${JSON.stringify(id)} was dropped while this call was under way`);
    }
    return this.open({ ...options, id });
  }

  /** Finds a world and notes that it is in use. */
  use(id: string): World | undefined {
    const world = this.#worlds.get(id);
    if (world !== undefined) world.lastUsedAt = realNow();
    return world;
  }

  list(): World[] {
    return [...this.#worlds.values()];
  }

  /** Drops a world. The world `default` stays. */
  drop(id: string): boolean {
    if (id === 'default') return false;
    this.#worlds.get(id)?.end();
    return this.#worlds.delete(id);
  }

  /** Drops the worlds that nobody used for a while, and tells how many. */
  dropIdle(): number {
    const before = realNow() - this.idleSeconds * 1000;
    const idle = this.list().filter((world) => world.lastUsedAt < before);
    return idle.filter((world) => this.drop(world.id)).length;
  }
}
