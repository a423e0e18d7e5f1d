import { isSameJson } from './same-value.js';
import { savedClient, savedUser } from './saved-people.js';
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
  const clock = clockOf(contents);
  const faults = contents.faults.map(ruleOf);
  return {
    ...(description.trim() === '' ? {} : { description: description.trim() }),
    ...(isExtending ? { extends: 'default' } : {}),
    ...(seed === null ? {} : { seed }),
    ...(Object.keys(clock).length === 0 ? {} : { clock }),
    ...(played.journal === undefined ? {} : { journal: played.journal }),
    ...(realms.length === 0 ? {} : { providers: Object.fromEntries(realms) }),
    ...(faults.length === 0 ? {} : { faults }),
    ...(played.expect === undefined || played.expect.length === 0 ? {} : { expect: played.expect }),
    ...(played.suppress === undefined || played.suppress.length === 0 ? {} : { suppress: played.suppress }),
  };
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
  const resources = played.providers?.[name]?.resources ?? [];
  return {
    ...(changed.length === 0 ? {} : { policy: Object.fromEntries(changed) }),
    ...(clients.length === 0 ? {} : { clients }),
    ...(users.length === 0 ? {} : { users }),
    ...(resources.length === 0 ? {} : { resources }),
  };
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
  return {
    ...(isOff ? { now } : {}),
    ...(frozen ? { frozen } : {}),
    ...(rate === 1 ? {} : { rate }),
    ...(skewSeconds === 0 ? {} : { skewSeconds }),
    ...(dateHeader === 'real' ? {} : { dateHeader }),
  };
}

/** A rule without its counters. */
function ruleOf(state: FaultState): NonNullable<Scenario['faults']>[number] {
  const { seen: _seen, hits: _hits, remaining: _left, waiting: _waiting, endsAt: _end, ended: _ended, ...rule } = state;
  const { id, match, skip, times, fault, ...rest } = rule;
  return {
    ...(chosenId.test(id) ? {} : { id }),
    match,
    ...(skip === 0 ? {} : { skip }),
    ...(times === null ? {} : { times }),
    ...rest,
    fault,
  };
}
