import type { Client, User } from '../../core/model.js';
import type { Scenario, ClientDocument, ResourceDocument, UserDocument } from './schema/scenario.js';
import type { PolicyDocument } from './schema/policy.js';

/** What a scenario says of one provider, with nothing left to inherit. */
export interface RealmSetup {
  readonly policy: PolicyDocument;
  readonly clients: readonly Client[];
  readonly users: readonly User[];
  readonly resources: readonly ResourceDocument[];
}

/** A document becomes a client: what is left out is as an ordinary confidential web application has it. */
export function toClient(document: ClientDocument): Client {
  return {
    id: document.id,
    secret: document.secret ?? '',
    name: document.name ?? document.id,
    redirectUris: document.redirectUris ?? [],
    grants: document.grants,
    scopes: document.scopes,
    confidential: document.confidential ?? document.secret !== undefined,
  };
}

/** Writes a client as a document that `toClient` reads back to the same client. */
export function writeClient({
  scopes,
  secret,
  redirectUris,
  grants,
  ...rest
}: Client): ClientDocument & { confidential: boolean } {
  return {
    ...rest,
    redirectUris: [...redirectUris],
    ...(grants === undefined ? {} : { grants: [...grants] }),
    ...(secret === '' ? {} : { secret }),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
  };
}

/** A document becomes a person; the username is the id where it is left out. */
export function toUser(document: UserDocument): User {
  const username = document.username ?? document.id ?? '';
  return {
    id: document.id ?? username,
    username,
    password: document.password ?? 'understudy',
    name: document.name ?? username,
    suspended: document.suspended ?? false,
    profile: document.profile ?? {},
  };
}

/** Lays one scenario over the one that it extends: clients and users by id, policies by member, lists one after the other. */
export function overlay(base: Scenario, own: Scenario): Scenario {
  const names = new Set([...Object.keys(base.providers ?? {}), ...Object.keys(own.providers ?? {})]);
  const providers: NonNullable<Scenario['providers']> = {};
  for (const name of names) {
    const below = base.providers?.[name] ?? {};
    const above = own.providers?.[name] ?? {};
    providers[name] = {
      policy: { ...below.policy, ...above.policy, ...mergedErrors(below.policy, above.policy) },
      clients: byKey([...(below.clients ?? []), ...(above.clients ?? [])], (client) => client.id),
      users: byKey([...(below.users ?? []), ...(above.users ?? [])], (user) => user.id ?? user.username ?? ''),
      resources: [...(above.resources ?? []), ...(below.resources ?? [])],
    };
  }
  const { extends: _, ...rest } = own;
  return {
    ...base,
    ...rest,
    ...(base.clock || own.clock ? { clock: { ...base.clock, ...own.clock } } : {}),
    ...(base.journal || own.journal ? { journal: { ...base.journal, ...own.journal } } : {}),
    providers,
    faults: mergedFaults(base.faults, own.faults),
    expect: [...(base.expect ?? []), ...(own.expect ?? [])],
    suppress: [...(base.suppress ?? []), ...(own.suppress ?? [])],
  };
}

function mergedErrors(below: PolicyDocument | undefined, above: PolicyDocument | undefined): PolicyDocument {
  return below?.errors || above?.errors ? { errors: { ...below?.errors, ...above?.errors } } : {};
}

/** A fault with the id of an inherited one takes its place; the others come after those inherited. */
function mergedFaults(below: Scenario['faults'] = [], above: Scenario['faults'] = []): NonNullable<Scenario['faults']> {
  return byKey(
    [...below, ...above].map((rule, i) => ({ key: rule.id ?? i, rule })),
    ({ key }) => key,
  ).map(({ rule }) => rule);
}

function byKey<T>(items: readonly T[], key: (item: T) => string | number): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
