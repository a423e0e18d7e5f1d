import type { ScenarioLibrary } from './scenario/library.js';
import type { World } from './world.js';
import type { Worlds } from './worlds.js';

/**
 * Replaces a world by a new one with the same id, seed, clock settings and providers. The new world uses the current
 * version of the scenario in the library.
 */
export async function restart(worlds: Worlds, library: ScenarioLibrary, world: World): Promise<World> {
  const { scenarioName } = world;
  const newest = scenarioName === undefined ? undefined : await library.get(scenarioName);
  // after the pause, in which a call can have defined a provider
  const { own } = worlds.current(world);
  return worlds.replace(world, { scenario: newest ?? world.scenario, scenarioName, own });
}
