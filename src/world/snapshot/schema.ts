import { Type } from 'typebox';
import { limits } from '../../core/realm.js';
import { StoredRuleSchema } from '../../faults/rule.js';
import { ruleLimit } from '../../faults/script.js';
import { words } from '../../input/words.js';
import { GrantTypeSchema, PolicySchema } from '../../providers/policy/schema.js';
import { UserSchema } from '../../providers/user-document.js';
import { ClientSchema, ClockSchema, DefinitionsSchema, ScenarioSchema, Seed } from '../scenario/schema/scenario.js';
import type { Static, TSchema } from 'typebox';

const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1, maxLength: 2000 });
/** Range of a Date, in milliseconds before and after the epoch (ECMA-262 §21.4.1.1). */
const maximumTime = 8.64e15;
const Moment = Type.Number({
  minimum: -maximumTime,
  maximum: maximumTime,
  description: 'Virtual time, in milliseconds since the epoch',
});
const Expiry = Type.Union([Moment, Type.Null()], { description: 'Virtual time in milliseconds; null means never' });
const many = <T extends TSchema>(item: T) => Type.Array(item, { maxItems: limits.tokens });
const scopes = Type.Array(text, { maxItems: 100 });
const ended = { revokedAt: Type.Optional(Moment), revokedBecause: Type.Optional(text) };

const GrantSchema = Type.Object(
  {
    id: text,
    type: GrantTypeSchema,
    clientId: text,
    userId: Type.Optional(text),
    scopes,
    createdAt: Moment,
    parameters: Type.Optional(
      Type.Record(Type.String(), Type.String({ maxLength: 2000 }), {
        maxProperties: 20,
        description: 'Parameters of the authorization request beyond RFC 6749',
      }),
    ),
    hadAccess: Type.Optional(Type.Boolean({ description: 'Whether the user had given the client access before' })),
    ...ended,
  },
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
    expiresAt: Expiry,
    refreshToken: Type.Optional(text),
    retires: Type.Optional(text),
    isSecond: Type.Optional(Type.Literal(true)),
    firstUsedAt: Type.Optional(Moment),
    removedAt: Type.Optional(Moment),
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
    expiresAt: Expiry,
    endsAt: Type.Optional(Expiry),
    accessToken: Type.String({ maxLength: 2000 }),
    firstUsedAt: Type.Optional(Moment),
    replacedBy: Type.Optional(text),
    isSecond: Type.Optional(Type.Literal(true)),
    replacedAt: Type.Optional(Moment),
    removedAt: Type.Optional(Moment),
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

/**
 * Maximum size of a snapshot as JSON, in bytes: of the body that restores one, and of the answer that writes one. About
 * 70,000 pairs of tokens fit. A realm may hold more, and its world then has no snapshot.
 */
export const snapshotLimitBytes = 64 * 1024 * 1024;

/** A world as one document, without pending pages and browser sessions: a browser must start again. */
export const SnapshotSchema = Type.Object(
  {
    version: Type.Literal(1),
    scenarioName: Type.Optional(Type.String({ maxLength: 200 })),
    scenario: ScenarioSchema,
    own: Type.Optional(
      Type.Object(
        {
          seed: Type.Optional(Seed),
          clock: Type.Optional(ClockSchema),
          definitions: Type.Optional(DefinitionsSchema),
        },
        { ...closed, description: 'Settings of the world that take precedence over its scenario' },
      ),
    ),
    clock: ClockSchema,
    drawn: Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: 64 * 1024 * 1024 }), {
      description: 'Bytes read from each random stream',
    }),
    faults: Type.Optional(
      Type.Array(StoredRuleSchema, {
        maxItems: ruleLimit,
        description: 'The current faults with their counters. Default: the faults of the scenario',
      }),
    ),
    realms: Type.Record(Type.String(), RealmSnapshot),
  },
  closed,
);

/** A world as `takeSnapshot` writes it. */
export type Snapshot = Static<typeof SnapshotSchema>;
/** One provider's part of a snapshot. */
export type RealmDocument = Static<typeof RealmSnapshot>;
