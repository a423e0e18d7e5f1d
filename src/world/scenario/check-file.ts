import { BadScenario } from './bad-scenario.js';
import { load, nameOf } from './files.js';
import type { PlacedMistake } from './parse-file.js';
import type { ScenarioLibrary } from './library.js';

/**
 * Checks one scenario file as `understudy check` does: by itself, and with what it extends.
 *
 * @returns its mistakes, all at once
 */
export async function checkFile(file: string, library: ScenarioLibrary): Promise<readonly PlacedMistake[]> {
  const fixture = await load(file, await library.knownNames());
  if (fixture.scenario === undefined) return fixture.mistakes;
  try {
    await library.resolve(fixture.scenario, nameOf(file));
    return [];
  } catch (error) {
    if (error instanceof BadScenario) return error.mistakes.map(fixture.place);
    throw error;
  }
}
