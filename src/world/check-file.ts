import { BadScenario } from './bad-scenario.js';
import { load, nameOf } from './scenario-files.js';
import type { PlacedMistake } from './fixture.js';
import type { ScenarioLibrary } from './library.js';

/**
 * Checks one scenario file as `understudy check` does: by itself, and with what it extends.
 *
 * @returns its mistakes, all at once
 */
export async function checkFile(file: string, library: ScenarioLibrary): Promise<readonly PlacedMistake[]> {
  const { scenario, mistakes, place } = await load(file);
  if (scenario === undefined) return mistakes;
  try {
    await library.resolve(scenario, nameOf(file));
    return [];
  } catch (error) {
    if (error instanceof BadScenario) return error.mistakes.map(place);
    throw error;
  }
}
