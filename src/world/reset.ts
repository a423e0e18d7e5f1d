import type { ScenarioLibrary } from './scenario/library.js';
import type { World } from './world.js';
import type { Worlds } from './worlds.js';

/**
 * Replaces a world by a new one with the same id: with the current version of its scenario in the library, and the seed
 * and the clock settings of the old world.
 */
export async function restart(worlds: Worlds, library: ScenarioLibrary, world: World): Promise<World> {
  const { scenarioName, own } = world;
  const newest = scenarioName === undefined ? undefined : await library.get(scenarioName);
  return worlds.replace(world, { scenario: newest ?? world.scenario, scenarioName, own });
}
