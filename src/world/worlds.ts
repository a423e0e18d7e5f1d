import { realNow, steadyNow } from './clock.js';
import { followAll } from './follow-all.js';
import { defaultScenario } from './scenario/default-scenario.js';
import { JournalMemory } from './journal/memory.js';
import { World } from './world.js';
import { withClients } from './scenario/with-clients.js';
import type { FollowedScenarios } from './follow-all.js';
import type { MakeDefinitions } from './definitions.js';
import type { JournalEntry } from './journal/entry.js';
import type { Provider } from '../providers/provider.js';
import type { ProviderDocuments, Scenario } from './scenario/schema/scenario.js';
import type { RegisteredClients } from './scenario/with-clients.js';
import type { OwnSettings } from './world.js';

/** The pattern of world ids. */
export const worldIdPattern = '^[A-Za-z0-9_-]{1,64}$';

/** Options of the collection of worlds. */
export interface WorldsOptions {
  /** The built-in providers. */
  readonly providers: readonly Provider[];
  /** Providers of files. */
  readonly definitions?: readonly Provider[];
  /** The scenario of the world `default`, and of worlds that name no scenario. */
  readonly scenario?: Scenario;
  readonly scenarioName?: string;
  /** Clients that the settings of the server register in every world. */
  readonly registered?: RegisteredClients;
  readonly limit?: number;
  /** Real seconds after which an unused world is dropped. The world `default` is never dropped. */
  readonly idleSeconds?: number;
}

/** Options of one new world. Members are those of `WorldOptions`. */
export interface OpenOptions {
  readonly id: string;
  readonly scenario?: Scenario;
  readonly scenarioName?: string | undefined;
  readonly own?: OwnSettings | undefined;
  readonly drawn?: Readonly<Record<string, number>>;
  /** Whether the scenario is that of a snapshot, which has the registered clients of its time. */
  readonly isSnapshot?: boolean;
}

/** The limit of worlds is reached. */
export class TooManyWorlds extends Error {}

/** The world of a call was dropped while the call was in progress. */
export class WorldGone extends Error {}

/** Maximum number of hosts of removed providers that are remembered. */
const mostFormerHosts = 10_000;

type RequestListener = (entry: JournalEntry, world: World) => void;

/** The worlds of this process, by id. The world `default` always exists. */
export class Worlds {
  readonly builtIn: readonly Provider[];
  /** The providers of the server: the built-in ones, and those of files. A world can have more. */
  providers: readonly Provider[];
  readonly #formerHosts = new Set<string>();
  readonly limit: number;
  readonly idleSeconds: number;
  /** The scenario of worlds that name no scenario, as written: without the registered clients. */
  scenario: Scenario;
  scenarioName: string | undefined;
  /** Clients that the settings of the server register in every world. */
  readonly registered: RegisteredClients;
  readonly #memory = new JournalMemory();
  readonly #worlds = new Map<string, World>();
  /** Scenarios with the registered clients, by the scenario as written. */
  readonly #withRegistered = new WeakMap<Scenario, Scenario>();
  readonly #whenWorldEnds = new Set<(world: World) => void>();
  /** Real time of the start of the server, in milliseconds since the epoch. */
  readonly startedAt = realNow();
  readonly #whenRequestEnds = new Set<RequestListener>();

  constructor({
    providers,
    definitions = [],
    scenario = defaultScenario,
    scenarioName = scenario === defaultScenario ? 'default' : undefined,
    registered = new Map(),
    limit = 20_000,
    idleSeconds = 3600,
  }: WorldsOptions) {
    this.builtIn = providers;
    this.providers = definitions.length === 0 ? providers : [...providers, ...definitions];
    this.scenario = scenario;
    this.scenarioName = scenarioName;
    this.registered = registered;
    this.limit = limit;
    this.idleSeconds = idleSeconds;
    this.open({ id: 'default' });
  }

  get size(): number {
    return this.#worlds.size;
  }

  /**
   * Makes a world. A world with the same id is ended and replaced.
   *
   * @throws TooManyWorlds
   */
  open({
    id,
    scenario = this.scenario,
    scenarioName = scenario === this.scenario ? this.scenarioName : undefined,
    own,
    drawn,
    isSnapshot = false,
  }: OpenOptions): World {
    if (!this.#worlds.has(id) && this.#worlds.size >= this.limit) {
      throw new TooManyWorlds(
        `${this.limit} worlds exist, which is the limit: ` +
          'drop one, or start with a larger world limit (--world-limit)',
      );
    }
    const world = new World({
      id,
      scenario: isSnapshot ? scenario : this.#withClients(scenario),
      scenarioName,
      own,
      served: this.providers,
      neighbours: () => this.#defaultAndNewest(),
      memory: this.#memory,
      drawn,
    });
    this.#end(id);
    this.#worlds.set(id, world);
    for (const listener of this.#whenRequestEnds) listenTo(world, listener);
    return world;
  }

  /** A scenario with the registered clients. Worlds of one scenario share it. */
  #withClients(scenario: Scenario): Scenario {
    const known = this.#withRegistered.get(scenario);
    if (known !== undefined) return known;
    const registered = withClients(scenario, this.registered);
    this.#withRegistered.set(scenario, registered);
    return registered;
  }

  /**
   * Replaces a world after an asynchronous step.
   *
   * @throws WorldGone if the world was dropped in the meantime: replacing it would undo the drop
   */
  replace({ id }: Pick<World, 'id'>, options: Omit<OpenOptions, 'id'>): World {
    this.current({ id });
    return this.open({ ...options, id });
  }

  /**
   * The world that has the id of a world now, after an asynchronous step.
   *
   * @throws WorldGone if it was dropped in the meantime
   */
  current({ id }: Pick<World, 'id'>): World {
    const world = this.use(id);
    if (world !== undefined) return world;
    throw new WorldGone(`the world ${JSON.stringify(id)} was dropped while this call was in progress`);
  }

  /** Finds a world and records the time of use. */
  use(id: string): World | undefined {
    const world = this.#worlds.get(id);
    if (world !== undefined) world.lastUsedAt = steadyNow();
    return world;
  }

  /**
   * Replaces the providers of files, in all worlds. A world keeps its own, and a realm whose provider
   * changed is forgotten. Providers of scenarios and worlds that are like one of a file follow it.
   *
   * @param make makes their documents again. Left out: they stay as they were
   * @param defined documents of scenarios that no world needs to play, with the names of the scenarios
   * @returns why some do not follow, in words
   */
  redefine(
    definitions: readonly Provider[],
    make?: MakeDefinitions,
    defined: FollowedScenarios['defined'] = [],
  ): readonly string[] {
    this.#rememberHosts(this.providers);
    this.providers = [...this.builtIn, ...definitions];
    const left =
      make === undefined ? [] : [...followAll({ first: this.scenario, defined }, this.#worlds.values(), make)];
    for (const world of this.#worlds.values()) world.serve(this.providers);
    return left;
  }

  /** Replaces the documents of a world's own providers: see `World.define`. */
  define(world: World, definitions: ProviderDocuments | undefined): void {
    this.#rememberHosts(world.providers);
    world.define(definitions);
  }

  /**
   * Real hosts of providers that this process served once, in any world. A client may still ask for them.
   * The oldest are dropped after 10,000.
   */
  get formerHosts(): Iterable<string> {
    return this.#formerHosts;
  }

  #rememberHosts(providers: readonly Provider[]): void {
    const kept = this.#formerHosts;
    for (const host of providers.flatMap(({ hosts }) => hosts)) {
      // the newest last
      kept.delete(host);
      kept.add(host);
    }
    for (const oldest of kept) {
      if (kept.size <= mostFormerHosts) return;
      kept.delete(oldest);
    }
  }

  /** The lists of providers of all worlds, each once. */
  definedLists(): readonly (readonly Provider[])[] {
    return [...new Set(this.list().map(({ providers }) => providers))];
  }

  /** The providers of a world. If there is no such world, those of the server. It does not count as a use. */
  providersIn(id: string): readonly Provider[] {
    return this.#worlds.get(id)?.providers ?? this.providers;
  }

  /** All worlds: `default`, which is the oldest, and then the newest first. */
  #defaultAndNewest(): World[] {
    const all = this.list();
    return [...all.slice(0, 1), ...all.slice(1).reverse()];
  }

  list(): World[] {
    return [...this.#worlds.values()];
  }

  /** Drops a world. The world `default` cannot be dropped. Returns whether a world was dropped. */
  drop(id: string): boolean {
    if (id === 'default') return false;
    this.#end(id);
    return this.#worlds.delete(id);
  }

  /** Calls the listener for each world that ends: it was dropped or replaced. */
  whenWorldEnds(listener: (world: World) => void): void {
    this.#whenWorldEnds.add(listener);
  }

  /**
   * Calls the listener for each completed journal entry of every world, those made later included. A world whose
   * listener throws does not call it again: see `Journal.close`.
   */
  whenRequestEnds(listener: RequestListener): void {
    this.#whenRequestEnds.add(listener);
    for (const world of this.#worlds.values()) listenTo(world, listener);
  }

  #end(id: string): void {
    const world = this.#worlds.get(id);
    if (world === undefined) return;
    // a list of its own has providers of its scenario or of itself, which may end with it
    if (world.providers !== this.providers) this.#rememberHosts(world.providers);
    world.end();
    for (const listener of this.#whenWorldEnds) listener(world);
  }

  /** Drops the worlds that were not used for `idleSeconds`. Returns how many. */
  dropIdle(): number {
    const before = steadyNow() - this.idleSeconds * 1000;
    const idle = this.list().filter((world) => world.lastUsedAt < before);
    return idle.filter((world) => this.drop(world.id)).length;
  }
}

function listenTo(world: World, listener: RequestListener): void {
  world.journal.listen((entry) => {
    listener(entry, world);
  });
}
