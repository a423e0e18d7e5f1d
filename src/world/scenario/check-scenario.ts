import { readPublicKey } from '../../core/public-key.js';
import { bodyMistake, headersMistake } from '../../input/answer.js';
import { ruleMistakes } from '../../faults/check-rules.js';
import { didYouMean } from '../../input/did-you-mean.js';
import { howToServe } from '../../shelf.js';
import { expectationMistakes, suppressionMistakes } from './check-expectations.js';
import { applyPolicy, contradictions } from '../../providers/policy/document.js';
import { firstMistakes } from '../../input/mistake.js';
import { repeats } from '../../input/repeats.js';
import { userMistakes } from '../../providers/user-document.js';
import { unnamedRealm } from './default-scenario.js';
import { usersOf } from './users-of.js';
import type { Provider } from '../../providers/provider.js';
import type { Mistake } from '../../input/mistake.js';
import type { KnownNames } from './known-names.js';
import type { ClientDocument, Scenario } from './schema/scenario.js';

type RealmDocument = NonNullable<Scenario['providers']>[string];

/** Mistakes that the schema cannot express: duplicates and unknown names. */
export function checkScenario(scenario: Scenario, { providers, findingIds }: KnownNames): Mistake[] {
  const faults = ruleMistakes(scenario.faults ?? [], providers).map(({ path, message }) => ({
    path: `faults.${path}`,
    message,
  }));
  const realms = Object.entries(scenario.providers ?? {}).flatMap(([name, realm]) => {
    const provider = providers.find((each) => each.name === name);
    const path = `providers.${name}`;
    if (provider === undefined) {
      const known = providers.map((each) => each.name);
      const onShelf = howToServe(name);
      const hint = onShelf === '' ? `${didYouMean(name, known)}; known: ${known.join(', ')}` : `; ${onShelf}`;
      return [{ path, message: `is not a provider${hint}` }];
    }
    return [
      ...checkClients(realm, provider, path),
      ...userMistakes(realm.users ?? [], `${path}.users`),
      ...checkResources(realm, path),
    ];
  });
  return [
    ...realms,
    ...faults,
    ...expectationMistakes(scenario.expect ?? [], providers),
    ...suppressionMistakes(scenario.suppress ?? [], { providers, findingIds }),
  ];
}

/** Contradictions in the policies of a resolved scenario: one that is merged with everything that it extends. */
export function checkPolicies(resolved: Scenario, providers: readonly Provider[]): Mistake[] {
  return providers.flatMap((provider) => {
    const realm = resolved.providers?.[provider.name] ?? unnamedRealm(provider.name);
    const users = usersOf(provider, realm);
    const known = { user: (name: string) => users.find(({ id, username }) => id === name || username === name) };
    return contradictions(applyPolicy(provider.policy, realm.policy ?? {}), known).map(({ member, message }) => ({
      path: `providers.${provider.name}.policy.${member}`,
      message,
    }));
  });
}

function checkClients({ clients = [] }: RealmDocument, { scopes }: Provider, path: string): Mistake[] {
  const known = Object.keys(scopes);
  return [
    ...repeats(
      clients.map(({ id }) => id),
      `${path}.clients`,
      { member: 'id', noun: 'client' },
    ),
    ...clients.flatMap(({ confidential, secret, publicKey }, i) =>
      confidential === true && secret === undefined && publicKey === undefined
        ? [
            {
              path: `${path}.clients.${i}.secret`,
              message: 'is required for a confidential client without a publicKey',
            },
          ]
        : [],
    ),
    ...clients.flatMap(({ publicKey }, i) =>
      publicKey !== undefined && readPublicKey(publicKey) === undefined
        ? [{ path: `${path}.clients.${i}.publicKey`, message: 'is not a public RSA or EC key, as PEM or JSON Web Key' }]
        : [],
    ),
    ...firstMistakes(unknownScopes(clients, known, `${path}.clients`)),
  ];
}

function* unknownScopes(
  clients: readonly ClientDocument[],
  known: readonly string[],
  path: string,
): Generator<Mistake> {
  for (const [i, { scopes = [] }] of clients.entries()) {
    for (const [j, scope] of scopes.entries()) {
      if (known.includes(scope)) continue;
      yield {
        path: `${path}.${i}.scopes.${j}`,
        message:
          `${JSON.stringify(scope)} is not a scope of this provider${didYouMean(scope, known)}; ` +
          `known: ${known.join(', ') || 'none'}`,
      };
    }
  }
}

/** A stub can return any valid HTTP answer. */
function checkResources({ resources = [] }: RealmDocument, path: string): Mistake[] {
  return resources.flatMap(({ status = 200, headers, body }, i) => {
    const mistakes = { headers: headersMistake(headers), body: bodyMistake(status, body) };
    return Object.entries(mistakes).flatMap(([member, message]) =>
      message === undefined ? [] : [{ path: `${path}.resources.${i}.${member}`, message }],
    );
  });
}
