import { follow, providersOf } from './definitions.js';
import type { MakeDefinitions } from './definitions.js';
import type { ProviderDocuments, Scenario } from './scenario/schema/scenario.js';
import type { World } from './world.js';

/**
 * Makes the documents of scenarios and of worlds again, after providers of the server have changed.
 *
 * @param first the scenario of worlds that name none
 * @returns the mistakes of those that stay as they were, in words
 */
export function* followAll(
  { definitions: ofFirst }: Scenario,
  worlds: Iterable<World>,
  make: MakeDefinitions,
): Generator<string> {
  const seen = new Set([undefined, ofFirst]);
  for (const mistake of follow(ofFirst, make)) yield `the provider of the first scenario stays as it is: ${mistake}`;
  for (const { id, scenario, own } of worlds) {
    const where = `of the world ${JSON.stringify(id)} stays as it is`;
    const { definitions } = scenario;
    // worlds that play the same scenario share its documents
    if (!seen.has(definitions)) {
      seen.add(definitions);
      for (const mistake of follow(definitions, make)) yield `the provider of the scenario ${where}: ${mistake}`;
    }
    for (const mistake of follow(own.definitions, make, providersOf(definitions))) {
      yield `the provider ${where}: ${mistake}`;
    }
  }
}

/** The same for scenarios that no world needs to play. */
export const followScenarios = (
  defined: readonly (readonly [string, ProviderDocuments | undefined])[],
  make: MakeDefinitions,
): readonly string[] =>
  defined.flatMap(([name, definitions]) =>
    follow(definitions, make).map(
      (mistake) => `the provider of the scenario ${JSON.stringify(name)} stays as it is: ${mistake}`,
    ),
  );
