import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { RuleSchema } from '../../../faults/rule.js';
import { ruleLimit } from '../../../faults/script.js';
import { ExpectationSchema } from '../../journal/expectation.js';
import { GrantTypeSchema, PolicyChangeSchema } from '../../../providers/policy/schema.js';
import { UserSchema } from '../../../providers/user-document.js';
import { words } from '../../../input/words.js';
import { SuppressionSchema } from './suppression.js';
import type { ProviderDocument } from '../../../providers/files/schema/document.js';
import type { Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const name = Type.String({ minLength: 1, maxLength: 200 });
const scopeToken = Type.String({
  pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$',
  maxLength: 200,
  description: 'a scope token, without spaces and quotation marks (RFC 6749 §3.3)',
});

/** The key with which a client signs its assertions. */
export const PublicKeySchema = Type.Union(
  [Type.String({ minLength: 1, maxLength: 10_000 }), Type.Record(Type.String(), Type.Unknown(), { maxProperties: 30 })],
  { description: 'The public key of the client for private-key-jwt: RSA or EC, as PEM or as a JSON Web Key' },
);

/** A registered client. */
export const ClientSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[\\x20-\\x7e]+$',
      maxLength: 200,
      description: 'visible ASCII characters: the client_id (RFC 6749, appendix A.1)',
    }),
    secret: Type.Optional(
      Type.String({
        pattern: '^[\\x20-\\x7e]+$',
        maxLength: 500,
        description: 'visible ASCII characters: the client_secret; without one the client is public',
      }),
    ),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'The name on the consent page' })),
    redirectUris: Type.Optional(
      described(
        'The redirect URIs that the client may use',
        Type.Array(Type.String({ format: 'redirect-uri', maxLength: 2000 }), { maxItems: 100, uniqueItems: true }),
      ),
    ),
    grants: Type.Optional(
      Type.Array(GrantTypeSchema, { uniqueItems: true, description: 'Default: all grant types of the provider' }),
    ),
    scopes: Type.Optional(
      Type.Array(scopeToken, { maxItems: 100, uniqueItems: true, description: 'Default: all scopes of the provider' }),
    ),
    publicKey: Type.Optional(PublicKeySchema),
    confidential: Type.Optional(Type.Boolean({ description: 'Default: true if the client has a secret or a key' })),
  },
  closed,
);

/** A stub for a path of the provider's API. The access token is checked before the stub answers. */
export const ResourceSchema = Type.Object(
  {
    method: described('Method of the request', words('GET', 'POST', 'PUT', 'PATCH', 'DELETE')),
    path: Type.String({
      pattern: '^/',
      maxLength: 1000,
      description:
        "a path that begins with /: the whole path, or the part after the provider's API base; a segment :name " +
        'matches any segment',
    }),
    status: Type.Optional(
      described('Status of the answer. Default: 200', Type.Integer({ minimum: 200, maximum: 599 })),
    ),
    headers: Type.Optional(
      Type.Record(
        Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }),
        Type.String({ pattern: '^[\\x20-\\x7e\\t]*$', maxLength: 4000 }),
        {
          maxProperties: 50,
          additionalProperties: false,
          description: 'Any header except those that depend on the body: content-length, transfer-encoding, trailer',
        },
      ),
    ),
    body: Type.Optional(
      Type.Unknown({
        description: 'Text is sent unchanged, other values as JSON; a status of 204, 205 or 304 has no body',
      }),
    ),
    scopes: Type.Optional(Type.Array(scopeToken, { maxItems: 100, description: 'Scopes that the access token needs' })),
  },
  closed,
);

/** A date and time with an offset. */
export const Instant = Type.String({
  format: 'instant',
  description: 'A point in time: 2026-01-01T00:00:00Z, in the years 0 to 9999 in UTC',
});

/** The virtual clock of a world. */
export const ClockSchema = Type.Object(
  {
    now: Type.Optional(Instant),
    frozen: Type.Optional(Type.Boolean({ description: 'Whether virtual time is stopped' })),
    rate: Type.Optional(
      Type.Number({ minimum: 0.001, maximum: 1_000_000, description: 'Virtual seconds for each real second' }),
    ),
    skewSeconds: Type.Optional(
      Type.Number({
        minimum: -31_536_000,
        maximum: 31_536_000,
        description: 'Seconds by which the clock that checks expiry is ahead of the clock that issues',
      }),
    ),
    dateHeader: Type.Optional(described('Whether the Date header has real or virtual time', words('real', 'virtual'))),
  },
  closed,
);

/** Limits of the journal of a world. */
export const JournalSchema = Type.Object(
  {
    limit: Type.Optional(
      described('Maximum number of entries. The oldest are dropped', Type.Integer({ minimum: 1, maximum: 100_000 })),
    ),
    secrets: Type.Optional(
      described('Whether entries show secrets as fingerprints or as they are', words('fingerprint', 'plain')),
    ),
  },
  closed,
);

/** Most clients, users and stubs of a provider in a scenario, with inherited ones. */
export const realmLimit = 1000;

/** Most expectations of a scenario, with inherited ones. */
export const expectationLimit = 1000;

/** Most accepted findings of a scenario, with inherited ones. */
export const suppressionLimit = 100;

/** One provider of a scenario: policy, clients, users and stubs. */
export const RealmSchema = Type.Object(
  {
    policy: Type.Optional(described('How it differs from the real service', PolicyChangeSchema)),
    clients: Type.Optional(Type.Array(ClientSchema, { maxItems: realmLimit, description: 'The registered clients' })),
    users: Type.Optional(Type.Array(UserSchema, { maxItems: realmLimit, description: 'The users who can log in' })),
    resources: Type.Optional(
      Type.Array(ResourceSchema, { maxItems: realmLimit, description: 'Stubs for paths of its API' }),
    ),
  },
  closed,
);

const safe = Number.MAX_SAFE_INTEGER;

/** The seed of all random values of a world: a number that JSON keeps exactly, or a text. */
export const Seed = Type.Union(
  [Type.Integer({ minimum: -safe, maximum: safe }), Type.String({ minLength: 1, maxLength: 200 })],
  {
    description: 'a whole number, or text: with the same seed, the same calls give the same codes, tokens and ids',
  },
);

/** Most documents of providers in a scenario, and in calls about one world. */
export const definitionLimit = 50;

/**
 * A document of a provider. Its members are checked where the provider is made: the schema of a provider file is as
 * large as that of a scenario, and most scenarios have no such document.
 */
export const DefinitionSchema = Type.Unsafe<ProviderDocument>({ type: 'object', title: 'A provider file' });

/** Documents of providers, by name. */
export const DefinitionsSchema = Type.Record(Type.String(), DefinitionSchema, {
  maxProperties: definitionLimit,
  description: 'Providers of its own, by name: each as in a provider file',
});

/** Documents of providers, by name. */
export type ProviderDocuments = Readonly<Record<string, ProviderDocument>>;

/** A scenario file: the content of a world, and its faults. */
export const ScenarioSchema = Type.Object(
  {
    $schema: Type.Optional(described('The JSON Schema for editors. It is ignored', Type.String({ maxLength: 1000 }))),
    description: Type.Optional(described('What the scenario is for', Type.String({ maxLength: 4000 }))),
    extends: Type.Optional(described('Name of the scenario that this one changes', name)),
    seed: Type.Optional(Seed),
    clock: Type.Optional(described('The virtual clock', ClockSchema)),
    journal: Type.Optional(described('Limits of the journal', JournalSchema)),
    definitions: Type.Optional(DefinitionsSchema),
    providers: Type.Optional(
      Type.Record(Type.String(), RealmSchema, { description: 'The content of each provider, by its name' }),
    ),
    faults: Type.Optional(
      Type.Array(RuleSchema, { maxItems: ruleLimit, description: 'The faults, in the order in which they are tried' }),
    ),
    expect: Type.Optional(
      Type.Array(ExpectationSchema, {
        maxItems: expectationLimit,
        description: 'Expectations on the client; the report of findings shows the result',
      }),
    ),
    suppress: Type.Optional(
      Type.Array(SuppressionSchema, { maxItems: suppressionLimit, description: 'Accepted findings' }),
    ),
  },
  closed,
);

export type RealmDocument = Static<typeof RealmSchema>;
export type ClientDocument = Static<typeof ClientSchema>;
export type { UserDocument } from '../../../providers/user-document.js';
export type ResourceDocument = Static<typeof ResourceSchema>;
export type ClockDocument = Static<typeof ClockSchema>;
export type Scenario = Static<typeof ScenarioSchema>;
