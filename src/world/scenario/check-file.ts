import { BadScenario } from './bad-scenario.js';
import { nameOf } from '../../input/document/files.js';
import { load } from './files.js';
import type { PlacedMistake } from '../../input/document/files.js';
import type { ScenarioLibrary } from './library.js';

/**
 * Checks one scenario file for `understudy check`: first by itself, then merged with the scenarios that it extends.
 *
 * @returns all its mistakes
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
