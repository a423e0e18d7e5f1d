import { Type } from 'typebox';
import { limits } from '../core/realm.js';
import { RuleStateSchema, ruleOf } from '../faults/rule.js';
import { ruleLimit } from '../faults/script.js';
import { applyPolicy, writePolicy } from './scenario/policy.js';
import { toClient, toUser, writeClient } from './scenario/scenario.js';
import { GrantTypeSchema, PolicySchema } from './scenario/schema/policy.js';
import { words } from '../input/words.js';
import { ClientSchema, ClockSchema, ScenarioSchema, Seed, UserSchema } from './scenario/schema/scenario.js';
import { checkScenario, checkPolicies } from './scenario/check-scenario.js';
import type { Static, TSchema } from 'typebox';
import type { Client, Grant, Instant } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';
import type { Mistake } from '../input/mistake.js';
import type { KnownNames } from './scenario/known-names.js';
import type { World } from './world.js';
import type { Worlds } from './worlds.js';

const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1, maxLength: 2000 });
/** What a date can be (ECMA-262 §21.4.1.1). */
const farthest = 8.64e15;
const Moment = Type.Number({
  minimum: -farthest,
  maximum: farthest,
  description: 'Virtual time, in milliseconds since the epoch',
});
const Mortal = Type.Union([Moment, Type.Null()], { description: 'Virtual time in milliseconds; null means never' });
const many = <T extends TSchema>(item: T) => Type.Array(item, { maxItems: limits.tokens });
const scopes = Type.Array(text, { maxItems: 100 });
const ended = { revokedAt: Type.Optional(Moment), revokedBecause: Type.Optional(text) };

const GrantSchema = Type.Object(
  { id: text, type: GrantTypeSchema, clientId: text, userId: Type.Optional(text), scopes, createdAt: Moment, ...ended },
  closed,
);
const CodeSchema = Type.Object(
  {
    code: text,
    grantId: text,
    redirectUri: Type.String({ maxLength: 2000 }),
    redirectUriSent: Type.Boolean(),
    challenge: Type.Optional(Type.Object({ method: words('S256', 'plain'), value: text }, closed)),
    issuedAt: Moment,
    expiresAt: Moment,
    spentAt: Type.Optional(Moment),
  },
  closed,
);
const AccessTokenSchema = Type.Object(
  {
    token: text,
    grantId: text,
    scopes,
    issuedAt: Moment,
    expiresAt: Mortal,
    refreshToken: Type.Optional(text),
    retires: Type.Optional(text),
    firstUsedAt: Type.Optional(Moment),
    ...ended,
  },
  closed,
);
const RefreshTokenSchema = Type.Object(
  {
    token: text,
    grantId: text,
    scopes,
    issuedAt: Moment,
    expiresAt: Mortal,
    accessToken: Type.String({ maxLength: 2000 }),
    replacedBy: Type.Optional(text),
    replacedAt: Type.Optional(Moment),
    ...ended,
  },
  closed,
);

const RealmSnapshot = Type.Object(
  {
    policy: PolicySchema,
    clients: Type.Array(ClientSchema, { maxItems: limits.clients }),
    users: Type.Array(UserSchema, { maxItems: limits.users }),
    grants: many(GrantSchema),
    codes: many(CodeSchema),
    accessTokens: many(AccessTokenSchema),
    refreshTokens: many(RefreshTokenSchema),
  },
  closed,
);

/** A world as one document. Pages that wait and browsers that are logged in are left out: a browser begins again. */
export const SnapshotSchema = Type.Object(
  {
    version: Type.Literal(1),
    scenarioName: Type.Optional(Type.String({ maxLength: 200 })),
    scenario: ScenarioSchema,
    own: Type.Optional(
      Type.Object(
        { seed: Type.Optional(Seed), clock: Type.Optional(ClockSchema) },
        { ...closed, description: 'What the world was asked for over its scenario' },
      ),
    ),
    clock: ClockSchema,
    drawn: Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: 64 * 1024 * 1024 }), {
      description: 'How far each stream of chance was read',
    }),
    faults: Type.Optional(
      Type.Array(RuleStateSchema, {
        maxItems: ruleLimit,
        description: "The faults in force, with what they counted; left out: the scenario's",
      }),
    ),
    realms: Type.Record(Type.String(), RealmSnapshot),
  },
  closed,
);

export type Snapshot = Static<typeof SnapshotSchema>;
type RealmDocument = Static<typeof RealmSnapshot>;

const mortal = (at: Instant): number | null => (Number.isFinite(at) ? at : null);
const immortal = (at: number | null): Instant => at ?? Infinity;

/** Writes a world down. */
export function takeSnapshot(world: World): Snapshot {
  const { clock } = world;
  return {
    version: 1,
    ...(world.scenarioName === undefined ? {} : { scenarioName: world.scenarioName }),
    scenario: world.scenario,
    own: world.own,
    clock: {
      now: new Date(clock.now()).toISOString(),
      frozen: clock.frozen,
      rate: clock.rate,
      skewSeconds: clock.skewMs / 1000,
      dateHeader: world.dateHeader,
    },
    drawn: world.drawn(),
    faults: world.faults.list(),
    realms: Object.fromEntries(world.opened().map(({ provider, realm }) => [provider.name, writeRealm(realm)])),
  };
}

function writeRealm(realm: Realm): RealmDocument {
  const codes = [...realm.codes.values()];
  const accessTokens = [...realm.accessTokens.values()];
  const refreshTokens = [...realm.refreshTokens.values()];
  const grants = new Set([...codes, ...accessTokens, ...refreshTokens].map(({ grant }) => grant));
  const flat = <T extends { grant: Grant }>({ grant, ...rest }: T): Omit<T, 'grant'> & { grantId: string } => ({
    ...rest,
    grantId: grant.id,
  });
  const document = {
    policy: writePolicy(realm.policy),
    clients: [...realm.clients.values()].map(writeClient),
    users: [...realm.users.values()],
    grants: [...grants],
    codes: codes.map(flat),
    accessTokens: accessTokens.map((token) => ({ ...flat(token), expiresAt: mortal(token.expiresAt) })),
    refreshTokens: refreshTokens.map((token) => ({ ...flat(token), expiresAt: mortal(token.expiresAt) })),
  };
  // members that are undefined are no members of a document
  return JSON.parse(JSON.stringify(document)) as RealmDocument;
}

/** What a snapshot, whose form the schema has checked, refers to without having it. */
export function checkSnapshot({ scenario, faults = [], realms }: Snapshot, known: KnownNames): Mistake[] {
  const { providers } = known;
  const asScenario = {
    providers: Object.fromEntries(
      Object.entries(realms).map(([name, { policy, clients, users }]) => [name, { policy, clients, users }]),
    ),
  };
  const inRealms = [...checkScenario(asScenario, known), ...checkPolicies(asScenario, providers)].map(
    ({ path, message }) => ({ path: path.replace(/^providers\./, 'realms.'), message }),
  );
  const inScenario = [...checkScenario(scenario, known), ...checkPolicies(scenario, providers)].map(
    ({ path, message }) => ({ path: `scenario.${path}`, message }),
  );
  const inFaults = checkScenario({ faults: faults.map(ruleOf) }, known);
  const loose = Object.entries(realms).flatMap(([name, realm]) => {
    const grants = new Set(realm.grants.map(({ id }) => id));
    return (['codes', 'accessTokens', 'refreshTokens'] as const).flatMap((list) =>
      realm[list].flatMap(({ grantId }, i) =>
        grants.has(grantId)
          ? []
          : [{ path: `realms.${name}.${list}.${i}.grantId`, message: `there is no grant ${JSON.stringify(grantId)}` }],
      ),
    );
  });
  const unresolved =
    scenario.extends === undefined
      ? []
      : [{ path: 'scenario.extends', message: 'is not a member here: the scenario of a snapshot is whole' }];
  return [...inRealms, ...inScenario, ...inFaults, ...loose, ...unresolved];
}

/** Opens a world as a snapshot has it. The snapshot must have been checked. */
export function restoreSnapshot(worlds: Worlds, id: string, snapshot: Snapshot): World {
  const { scenario, scenarioName, own, clock, drawn, faults, realms } = snapshot;
  const world = worlds.open({ id, scenario, scenarioName, own, drawn });
  world.setClock(clock);
  if (faults !== undefined) world.faults.restore(faults);
  for (const provider of worlds.providers) {
    const document = realms[provider.name];
    if (document !== undefined) fillRealm(world.realm(provider), provider, document);
  }
  return world;
}

function fillRealm(realm: Realm, provider: Provider, document: RealmDocument): void {
  realm.policy = applyPolicy(provider.policy, document.policy);
  realm.clients.clear();
  realm.users.clear();
  for (const client of document.clients) realm.clients.set(client.id, toClient(client) satisfies Client);
  for (const user of document.users.map(toUser)) realm.users.set(user.id, user);
  const grants = new Map(document.grants.map((grant) => [grant.id, { userId: undefined, ...grant } satisfies Grant]));
  const family = <T extends { grantId: string }>({ grantId, ...rest }: T): Omit<T, 'grantId'> & { grant: Grant } => ({
    ...rest,
    grant: grants.get(grantId) as Grant,
  });
  for (const code of document.codes) realm.codes.set(code.code, { challenge: undefined, ...family(code) });
  for (const token of document.accessTokens) {
    realm.accessTokens.set(token.token, {
      refreshToken: undefined,
      retires: undefined,
      ...family(token),
      expiresAt: immortal(token.expiresAt),
    });
  }
  for (const token of document.refreshTokens) {
    realm.refreshTokens.set(token.token, { ...family(token), expiresAt: immortal(token.expiresAt) });
  }
}
