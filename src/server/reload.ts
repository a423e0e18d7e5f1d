import { formatMistake, nameOf } from '../input/document/files.js';
import { BadDefinitions } from '../world/definitions.js';
import { restart } from '../world/reset.js';
import type { FastifyBaseLogger } from 'fastify';
import type { PlacedMistake } from '../input/document/files.js';
import type { ScenarioLibrary } from '../world/scenario/library.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';

/**
 * Applies changed scenario files. The world `default` restarts if its scenario changed; other worlds use the new
 * version at their next reset. If a file has mistakes or was removed, its last valid version remains in use.
 */
export async function reload(
  log: FastifyBaseLogger,
  worlds: Worlds,
  library: ScenarioLibrary,
  mistakes: readonly PlacedMistake[],
): Promise<void> {
  for (const mistake of mistakes) {
    const isInForce = (await library.get(nameOf(mistake.file))) !== undefined;
    const what = isInForce ? 'the scenario is unchanged' : 'there is no scenario of this file';
    log.error(`${what}: ${formatMistake(mistake)}`);
  }
  const { scenarioName } = worlds;
  const scenario = await library.get(String(scenarioName));
  if (scenario === undefined || JSON.stringify(scenario) === JSON.stringify(worlds.scenario)) return;
  worlds.scenario = scenario;
  const world = worlds.use('default') as World;
  if (world.scenarioName !== scenarioName) return;
  try {
    await restart(worlds, library, world);
  } catch (error) {
    if (!(error instanceof BadDefinitions)) throw error;
    log.error(`the world default keeps the earlier version of its scenario: ${error.message}`);
    return;
  }
  log.warn(`the scenario ${String(scenarioName)} changed; the world default restarts from it`);
}
