import { realNow } from './clock.js';
import { defaultScenario } from './default-scenario.js';
import { World } from './world.js';
import type { Provider } from '../providers/provider.js';
import type { Scenario } from './schema/scenario.js';

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
  readonly drawn?: Readonly<Record<string, number>>;
}

/** More worlds than the limit allows were asked for. */
export class TooManyWorlds extends Error {}

/** Every world of this process, by id. The world `default` always exists. */
export class Worlds {
  readonly providers: readonly Provider[];
  readonly limit: number;
  readonly idleSeconds: number;
  /** What a world without a scenario of its own is filled with. */
  scenario: Scenario;
  scenarioName: string | undefined;
  readonly #worlds = new Map<string, World>();

  constructor({ providers, scenario = defaultScenario, scenarioName = 'default', limit = 20_000, idleSeconds = 3600 }: WorldsOptions) {
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

  /** Makes a world, or makes it anew: whatever was in it is forgotten. */
  open({ id, scenario = this.scenario, scenarioName = scenario === this.scenario ? this.scenarioName : undefined, drawn }: OpenOptions): World {
    if (!this.#worlds.has(id) && this.#worlds.size >= this.limit) throw new TooManyWorlds(`${this.limit} worlds exist already, which is the limit`);
    const seed = scenario.seed === undefined ? undefined : String(scenario.seed);
    const world = new World({ id, scenario, scenarioName, seed, providers: this.providers, realNow: realNow(), drawn });
    // nobody waits any longer for a world that is gone: whom its faults hold goes on
    this.#worlds.get(id)?.faults.clear();
    this.#worlds.set(id, world);
    return world;
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
    this.#worlds.get(id)?.faults.clear();
    return this.#worlds.delete(id);
  }

  /** Drops the worlds that nobody used for a while, and tells how many. */
  dropIdle(): number {
    const before = realNow() - this.idleSeconds * 1000;
    const idle = this.list().filter((world) => world.lastUsedAt < before);
    return idle.filter((world) => this.drop(world.id)).length;
  }
}
