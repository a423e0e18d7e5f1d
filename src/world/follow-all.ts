import { follow, providersOf } from './definitions.js';
import type { MakeDefinitions } from './definitions.js';
import type { ProviderDocuments, Scenario } from './scenario/schema/scenario.js';
import type { World } from './world.js';

/** Scenarios whose documents are made again. */
export interface FollowedScenarios {
  /** The scenario of worlds that name none. */
  readonly first: Scenario;
  /** The documents of scenarios that no world needs to play, with the names of the scenarios. */
  readonly defined?: readonly (readonly [string, ProviderDocuments | undefined])[];
}

/**
 * Makes the documents of scenarios and of worlds again, after providers of the server have changed.
 *
 * @returns the mistakes of those that stay as they were, in words
 */
export function* followAll(
  { first, defined = [] }: FollowedScenarios,
  worlds: Iterable<World>,
  make: MakeDefinitions,
): Generator<string> {
  // worlds that play the same scenario share its documents
  const seen = new Set<ProviderDocuments | undefined>([undefined]);
  function* once(definitions: ProviderDocuments | undefined, where: string): Generator<string> {
    if (seen.has(definitions)) return;
    seen.add(definitions);
    for (const mistake of follow(definitions, make)) yield `the provider of ${where} stays as it is: ${mistake}`;
  }
  for (const [name, definitions] of defined) yield* once(definitions, `the scenario ${JSON.stringify(name)}`);
  yield* once(first.definitions, 'the first scenario');
  for (const { id, scenario, own } of worlds) {
    const world = `the world ${JSON.stringify(id)}`;
    yield* once(scenario.definitions, `the scenario of ${world}`);
    for (const mistake of follow(own.definitions, make, providersOf(scenario.definitions))) {
      yield `the provider of ${world} stays as it is: ${mistake}`;
    }
  }
}
