import type { ScenarioLibrary } from './scenario/library.js';
import type { World } from './world.js';
import type { Worlds } from './worlds.js';

/**
 * Forgets what is in a world, and starts it again: from its scenario as the library has it now, under the seed and the clock
 * that the world was made with.
 */
export async function restart(worlds: Worlds, library: ScenarioLibrary, world: World): Promise<World> {
  const { scenarioName, own } = world;
  const newest = scenarioName === undefined ? undefined : await library.get(scenarioName);
  return worlds.replace(world, { scenario: newest ?? world.scenario, scenarioName, own });
}
