import { isSameJson } from './same-value.js';
import { filled, savedClient, savedUser } from './saved-people.js';
import { defined } from '../../parts/defined.js';
import type { ClientInfo, ClockState, FaultState, Scenario, UserInfo } from '../../../client/index.js';

/** A provider of a world, as far as a scenario tells it. */
export interface ProviderContents {
  readonly name: string;
  readonly policy: Readonly<Record<string, unknown>>;
  /** The policy of the provider before a scenario or a person changed it. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly clients: readonly ClientInfo[];
  readonly users: readonly UserInfo[];
}

/** What a world contains. */
export interface WorldContents {
  readonly description: string;
  /** Null: random. */
  readonly seed: string | null;
  readonly clock: ClockState;
  /** The real time at which the clock was read, in milliseconds since the epoch. */
  readonly realNow: number;
  readonly providers: readonly ProviderContents[];
  readonly faults: readonly FaultState[];
  /** The scenario `default`. */
  readonly base: Scenario;
  /** The scenario that the world plays. What no call changes is taken from it: stubs, expectations, suppressions. */
  readonly played: Scenario;
}

/** By how much a clock may differ from real time and still follow it, in milliseconds. */
const toleranceMs = 60_000;
/** The ids that the server chooses. They are not written, so that a scenario which extends this one chooses its own. */
const chosenId = /^fault-\d+$/;

type Realm = NonNullable<Scenario['providers']>[string];

/** Writes a world as a scenario that has only what differs from `default`. */
export function scenarioFrom(contents: WorldContents): Scenario {
  const { description, seed, played, providers } = contents;
  const isExtending = providers.every((provider) => hasAllOf(contents.base.providers?.[provider.name], provider));
  const realms = providers
    .map((provider) => [provider.name, realmOf(contents, provider, isExtending)] as const)
    .filter(([, realm]) => Object.keys(realm).length > 0);
  return defined({
    description: description.trim() || undefined,
    extends: isExtending ? 'default' : undefined,
    seed: seed ?? undefined,
    clock: filled(clockOf(contents)),
    journal: played.journal,
    providers: filled(Object.fromEntries(realms)),
    faults: filled(contents.faults.map(ruleOf)),
    expect: filled(played.expect),
    suppress: filled(played.suppress),
  });
}

/** Whether a world still has each client and user of `default`: a scenario cannot remove what it inherits. */
function hasAllOf(base: Realm = {}, { clients, users }: ProviderContents): boolean {
  const [clientIds, userIds] = [new Set(clients.map(({ id }) => id)), new Set(users.map(({ id }) => id))];
  return (
    (base.clients ?? []).every(({ id }) => clientIds.has(id)) &&
    (base.users ?? []).every((user) => userIds.has(String(user.id ?? user.username)))
  );
}

function realmOf({ base, played }: WorldContents, provider: ProviderContents, isExtending: boolean): Realm {
  const { name, policy, defaults } = provider;
  const inherited = isExtending ? (base.providers?.[name] ?? {}) : {};
  const changed = Object.entries(policy)
    .filter(([field, value]) => !isSameJson(value, defaults[field]))
    .map(([field, value]) => [field, field === 'errors' ? changedMembers(value, defaults.errors) : value] as const);
  const clients = provider.clients
    .map(savedClient)
    .filter((client) => !(inherited.clients ?? []).some((each) => isSameJson(each, client)));
  const users = provider.users
    .map(savedUser)
    .filter((user) => !(inherited.users ?? []).some((each) => isSameJson(savedUser(each), user)));
  return defined({
    policy: filled(Object.fromEntries(changed)),
    clients: filled(clients),
    users: filled(users),
    resources: filled(played.providers?.[name]?.resources),
  });
}

/** The members of an object that differ. */
const changedMembers = (value: unknown, before: unknown = {}): unknown =>
  Object.fromEntries(
    Object.entries(value as object).filter(
      ([name, each]) => !isSameJson(each, (before as Readonly<Record<string, unknown>>)[name]),
    ),
  );

/** The clock, if it is not real time. */
function clockOf({ clock, realNow }: WorldContents): NonNullable<Scenario['clock']> {
  const { now, frozen, rate, skewSeconds, dateHeader } = clock;
  const isOff = frozen || rate !== 1 || Math.abs(Date.parse(now) - realNow) > toleranceMs;
  return defined({
    now: isOff ? now : undefined,
    frozen: frozen || undefined,
    rate: rate === 1 ? undefined : rate,
    skewSeconds: skewSeconds || undefined,
    dateHeader: dateHeader === 'real' ? undefined : dateHeader,
  });
}

/** A rule without its counters. */
function ruleOf(state: FaultState): NonNullable<Scenario['faults']>[number] {
  const { seen: _seen, hits: _hits, remaining: _left, waiting: _waiting, endsAt: _end, ended: _ended, ...rule } = state;
  const { id, match, skip, times, fault, ...rest } = rule;
  return {
    ...defined({ id: chosenId.test(id) ? undefined : id }),
    match,
    ...defined({ skip: skip || undefined, times: times ?? undefined }),
    ...rest,
    fault,
  };
}
