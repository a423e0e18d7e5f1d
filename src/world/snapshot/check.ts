import { ruleOf } from '../../faults/rule.js';
import { firstMistakes } from '../../input/mistake.js';
import { layered } from '../definitions.js';
import { below, madeIn } from '../scenario/made-in.js';
import { checkPolicies, checkScenario } from '../scenario/check-scenario.js';
import type { Mistake } from '../../input/mistake.js';
import type { KnownNames, KnownToFiles } from '../scenario/known-names.js';
import type { Scenario } from '../scenario/schema/scenario.js';
import type { RealmDocument, Snapshot } from './schema.js';

/**
 * Mistakes that the schema cannot express: contradictions, and references to missing objects. The first hundred. The
 * providers that the snapshot defines are made.
 */
export async function checkSnapshot(
  snapshot: Snapshot,
  { providers: served, findingIds, definitions }: Pick<KnownToFiles, 'providers' | 'findingIds' | 'definitions'>,
): Promise<Mistake[]> {
  const { scenario, faults = [], realms, own = {} } = snapshot;
  const ofScenario = await madeIn(scenario, definitions);
  const ofWorld = await madeIn(own, definitions, ofScenario.providers);
  const inDefinitions = [...below('scenario', ofScenario.mistakes), ...below('own', ofWorld.mistakes)];
  // what refers to a provider that was not made would be a second mistake
  if (inDefinitions.length > 0) return firstMistakes(inDefinitions);
  const known = { findingIds, providers: layered(served, ofScenario.providers, ofWorld.providers) };
  return firstMistakes([
    ...checkRealms(realms, known),
    ...checkWhole(scenario, known).map(({ path, message }) => ({ path: `scenario.${path}`, message })),
    ...checkScenario({ faults: faults.map(ruleOf) }, known),
    ...Object.entries(realms).flatMap(([name, realm]) => firstMistakes(checkGrantIds(realm, `realms.${name}`))),
    ...(scenario.extends === undefined
      ? []
      : [
          {
            path: 'scenario.extends',
            message: 'is not allowed: the scenario of a snapshot is already merged with those that it extends',
          },
        ]),
  ]);
}

const checkWhole = (scenario: Scenario, known: KnownNames): Mistake[] => [
  ...checkScenario(scenario, known),
  ...checkPolicies(scenario, known.providers),
];

/** Checks the realms as the providers of a scenario: the rules are the same. */
function checkRealms(realms: Snapshot['realms'], known: KnownNames): Mistake[] {
  const asScenario = {
    providers: Object.fromEntries(
      Object.entries(realms).map(([name, { policy, clients, users }]) => [name, { policy, clients, users }]),
    ),
  };
  return checkWhole(asScenario, known).map(({ path, message }) => ({
    path: path.replace(/^providers\./, 'realms.'),
    message,
  }));
}

/** Codes and tokens must belong to a grant of the same realm. */
function* checkGrantIds(realm: RealmDocument, path: string): Generator<Mistake> {
  const grants = new Set(realm.grants.map(({ id }) => id));
  for (const list of ['codes', 'accessTokens', 'refreshTokens'] as const) {
    for (const [i, { grantId }] of realm[list].entries()) {
      if (grants.has(grantId)) continue;
      yield { path: `${path}.${list}.${i}.grantId`, message: `there is no grant ${JSON.stringify(grantId)}` };
    }
  }
}
