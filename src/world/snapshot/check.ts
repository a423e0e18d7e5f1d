import { ruleOf } from '../../faults/rule.js';
import { checkMeaning, checkPolicies } from '../scenario/check-scenario.js';
import type { Mistake } from '../../input/mistake.js';
import type { Provider } from '../../providers/provider.js';
import type { Scenario } from '../scenario/schema/scenario.js';
import type { RealmDocument, Snapshot } from './schema.js';

/** Mistakes that the schema cannot see: contradictions, and references to what the snapshot does not contain. */
export function checkSnapshot(snapshot: Snapshot, providers: readonly Provider[]): Mistake[] {
  const { scenario, faults = [], realms } = snapshot;
  return [
    ...checkRealms(realms, providers),
    ...checkScenario(scenario, providers).map(({ path, message }) => ({ path: `scenario.${path}`, message })),
    ...checkMeaning({ faults: faults.map(ruleOf) }, providers),
    ...Object.entries(realms).flatMap(([name, realm]) => checkGrantIds(realm, `realms.${name}`)),
    ...(scenario.extends === undefined
      ? []
      : [{ path: 'scenario.extends', message: 'is not a member here: the scenario of a snapshot is whole' }]),
  ];
}

const checkScenario = (scenario: Scenario, providers: readonly Provider[]): Mistake[] => [
  ...checkMeaning(scenario, providers),
  ...checkPolicies(scenario, providers),
];

/** Checks the realms as the providers of a scenario: the rules are the same. */
function checkRealms(realms: Snapshot['realms'], providers: readonly Provider[]): Mistake[] {
  const asScenario = {
    providers: Object.fromEntries(
      Object.entries(realms).map(([name, { policy, clients, users }]) => [name, { policy, clients, users }]),
    ),
  };
  return checkScenario(asScenario, providers).map(({ path, message }) => ({
    path: path.replace(/^providers\./, 'realms.'),
    message,
  }));
}

/** Codes and tokens must belong to a grant of the same realm. */
function checkGrantIds(realm: RealmDocument, path: string): Mistake[] {
  const grants = new Set(realm.grants.map(({ id }) => id));
  return (['codes', 'accessTokens', 'refreshTokens'] as const).flatMap((list) =>
    realm[list].flatMap(({ grantId }, i) =>
      grants.has(grantId)
        ? []
        : [{ path: `${path}.${list}.${i}.grantId`, message: `there is no grant ${JSON.stringify(grantId)}` }],
    ),
  );
}
