import { remade } from './definitions.js';
import type { ScenarioLibrary } from './scenario/library.js';
import type { Scenario } from './scenario/schema/scenario.js';
import type { OwnSettings, World } from './world.js';
import type { Worlds } from './worlds.js';

/**
 * Replaces a world by a new one with the same id, seed, clock settings and providers. The new world uses the current
 * version of the scenario in the library.
 *
 * @throws BadDefinitions if the providers of the world cannot be made for that version; the world is unchanged
 */
export async function restart(worlds: Worlds, library: ScenarioLibrary, world: World): Promise<World> {
  const { scenarioName } = world;
  const newest = scenarioName === undefined ? undefined : await library.get(scenarioName);
  const scenario = newest ?? world.scenario;
  return playIn(worlds, library, world, { scenario, scenarioName, own: (own) => own });
}

/** What is played in a world. */
export interface Played {
  readonly scenario: Scenario;
  readonly scenarioName: string | undefined;
  /** The settings of the world that stay. */
  readonly own: (own: OwnSettings) => OwnSettings;
}

/**
 * Replaces a world by a new one that plays a scenario. Its own providers are made again if the scenario defines others.
 *
 * @throws BadDefinitions if they cannot be made; the world is unchanged
 */
export async function playIn(
  worlds: Worlds,
  library: ScenarioLibrary,
  world: World,
  { scenario, scenarioName, own }: Played,
): Promise<World> {
  const isOther = ({ own: { definitions }, scenario: before }: World): boolean =>
    definitions !== undefined && before.definitions !== scenario.definitions;
  const make = isOther(worlds.current(world)) ? await library.definitions.load() : undefined;
  // after the pause, in which a call can have defined a provider
  const now = worlds.current(world);
  const { definitions } = now.own;
  const kept =
    make === undefined || definitions === undefined
      ? now.own
      : { ...now.own, definitions: remade(definitions, scenario, make) };
  return worlds.replace(world, { scenario, scenarioName, own: own(kept) });
}
