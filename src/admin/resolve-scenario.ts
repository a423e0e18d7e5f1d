import { didYouMean } from '../input/did-you-mean.js';
import { BadScenario } from '../world/scenario/bad-scenario.js';
import { providersOf } from '../world/definitions.js';
import { AdminError, invalid } from './admin-error.js';
import type { ScenarioLibrary } from '../world/scenario/library.js';
import type { ProviderDocuments, Scenario } from '../world/scenario/schema/scenario.js';

/**
 * Finds a scenario by name, or uses an inline one, and merges it with everything that it extends.
 *
 * @param path the member of the request that has the scenario, a prefix of the mistakes; empty for the body or the URL
 * @param own documents of the world that plays it: an inline scenario may name their providers
 */
export async function resolveScenario(
  library: ScenarioLibrary,
  given: string | Scenario,
  path: string,
  own?: ProviderDocuments,
): Promise<{ scenario: Scenario; scenarioName: string | undefined }> {
  try {
    if (typeof given !== 'string') {
      return { scenario: await library.resolve(given, undefined, providersOf(own)), scenarioName: undefined };
    }
    const scenario = await library.get(given);
    if (scenario === undefined) throw unknownScenario(library, given, path);
    return { scenario, scenarioName: given };
  } catch (error) {
    if (error instanceof BadScenario) throw invalid(error.mistakes.map((mistake) => below(path, mistake)));
    throw error;
  }
}

const below = (path: string, mistake: BadScenario['mistakes'][number]): { path: string; message: string } => ({
  path: [path, mistake.path].filter(Boolean).join('.'),
  message: mistake.message,
});

function unknownScenario(library: ScenarioLibrary, name: string, path: string): AdminError {
  const known = library.names();
  const message = `there is no scenario ${JSON.stringify(name)}${didYouMean(name, known)}`;
  return new AdminError(404, 'Unknown scenario', message, path === '' ? undefined : [{ path, message }], { known });
}
