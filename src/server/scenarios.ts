import { UsageError } from '../config/option.js';
import { formatMistake } from '../input/document/files.js';
import { suggest } from '../input/did-you-mean.js';
import { findingIds } from '../findings/finding-ids.js';
import { ScenarioLibrary } from '../world/scenario/library.js';
import type { PlacedMistake } from '../input/document/files.js';
import type { LazyShelf } from '../providers/files/lazy-shelf.js';
import type { Provider } from '../providers/provider.js';
import type { Scenario } from '../world/scenario/schema/scenario.js';

/**
 * Opens the built-in scenarios and those of a folder.
 *
 * @throws UsageError if the folder cannot be read or a file has mistakes
 */
export async function openLibrary(
  folder: string | undefined,
  served?: () => readonly Provider[],
  shelf?: LazyShelf,
): Promise<ScenarioLibrary> {
  const library = new ScenarioLibrary(findingIds, folder, served, shelf);
  const mistakes = await readFolder(library, folder);
  if (mistakes.length === 0) return library;
  throw new UsageError(`invalid scenarios:\n${mistakes.map(formatMistake).join('\n')}`);
}

/**
 * Reads the user's folder of scenarios. Returns the mistakes in its files.
 *
 * @throws UsageError if the folder cannot be read
 */
export async function readFolder(
  library: ScenarioLibrary,
  folder: string | undefined,
): Promise<readonly PlacedMistake[]> {
  try {
    return await library.read();
  } catch (error) {
    throw new UsageError(
      `the folder of scenarios ${JSON.stringify(folder)} cannot be read: ${(error as Error).message}`,
    );
  }
}

/** @throws UsageError if there is no scenario of that name */
export async function firstScenario(library: ScenarioLibrary, name: string): Promise<Scenario> {
  const scenario = await library.get(name);
  if (scenario !== undefined) return scenario;
  throw new UsageError(`there is no scenario ${JSON.stringify(name)}${suggest(name, library.names())}`);
}
