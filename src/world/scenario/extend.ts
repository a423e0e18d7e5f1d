import { unnamedRealm } from './default-scenario.js';
import { mergeUsers } from './merge-users.js';
import type { PolicyDocument } from '../../providers/policy/schema.js';
import type { Scenario } from './schema/scenario.js';

/**
 * Merges a scenario with its base. Clients and faults replace those with the same id, users those with the same id or
 * username, or with an id that is their username; policies are merged by member; definitions of providers replace those
 * of the same name; other lists are concatenated.
 */
export function extendScenario(base: Scenario, own: Scenario): Scenario {
  const names = new Set([...Object.keys(base.providers ?? {}), ...Object.keys(own.providers ?? {})]);
  const providers = Object.fromEntries(
    [...names].map((name) => [name, mergedRealm(base.providers?.[name] ?? unnamedRealm(name), own.providers?.[name])]),
  );
  const { extends: _, ...rest } = own;
  return {
    ...base,
    ...rest,
    ...(base.definitions && own.definitions ? { definitions: { ...base.definitions, ...own.definitions } } : {}),
    ...(base.clock || own.clock ? { clock: { ...base.clock, ...own.clock } } : {}),
    ...(base.journal || own.journal ? { journal: { ...base.journal, ...own.journal } } : {}),
    providers,
    faults: mergedFaults(base.faults, own.faults),
    expect: [...(base.expect ?? []), ...(own.expect ?? [])],
    suppress: [...(base.suppress ?? []), ...(own.suppress ?? [])],
  };
}

type RealmDocument = NonNullable<Scenario['providers']>[string];

function mergedRealm(base: RealmDocument, own: RealmDocument = {}): RealmDocument {
  return {
    policy: { ...base.policy, ...own.policy, ...mergedErrors(base.policy, own.policy) },
    clients: lastOfEachKey([...(base.clients ?? []), ...(own.clients ?? [])], (client) => client.id),
    users: mergeUsers(base.users ?? [], own.users ?? []),
    // the first stub that matches answers
    resources: [...(own.resources ?? []), ...(base.resources ?? [])],
  };
}

function mergedErrors(base: PolicyDocument | undefined, own: PolicyDocument | undefined): PolicyDocument {
  return base?.errors || own?.errors ? { errors: { ...base?.errors, ...own?.errors } } : {};
}

/** A fault with the id of an inherited fault replaces it; others follow the inherited ones. */
function mergedFaults(base: Scenario['faults'] = [], own: Scenario['faults'] = []): NonNullable<Scenario['faults']> {
  return lastOfEachKey(
    [...base, ...own].map((rule, i) => ({ key: rule.id ?? i, rule })),
    ({ key }) => key,
  ).map(({ rule }) => rule);
}

/** The last item of each key, at the position of the first. */
function lastOfEachKey<T>(items: readonly T[], key: (item: T) => string | number): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
