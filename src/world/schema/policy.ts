import { Type } from 'typebox';
import { durationPattern } from '../duration.js';
import type { Static, TSchema } from 'typebox';

const closed = { additionalProperties: false } as const;
const list = <T extends TSchema>(items: T, options: { minItems?: number } = {}) => Type.Array(items, { uniqueItems: true, maxItems: 100, ...options });
/** One of some words: a plain JSON Schema `enum`, so that a mistake can be told with all of them. */
export const words = <const T extends string>(...values: T[]) => Type.Unsafe<T>({ type: 'string', enum: values });

/** `90s`, `61m`, `2h30m`, `PT15M`; where something may live for ever, `never`. */
export const Duration = Type.String({ pattern: durationPattern, format: 'bearable', maxLength: 64, description: 'a duration: 90s, 61m, 2h30m, 1d, PT15M, or never' });

const lifetime = (of: string) => Type.String({ pattern: durationPattern, format: 'bearable', maxLength: 64, description: `the lifetime of ${of} as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never` });

export const GrantTypeSchema = words('authorization_code', 'refresh_token', 'password', 'client_credentials');

/** One of several objects, told apart by one member: a mistake is then told against the alternative that was meant. */
export const oneOfBy = <const T extends TSchema[]>(member: string, alternatives: T, description: string) =>
  Type.Unsafe<Static<T[number]>>({ type: 'object', description, required: [member], discriminator: { propertyName: member }, oneOf: alternatives });

export const InteractionSchema = oneOfBy('mode', [
  Type.Object({ mode: Type.Literal('manual') }, closed),
  Type.Object({ mode: Type.Literal('auto'), user: Type.String({ minLength: 1, maxLength: 200 }), decision: Type.Optional(words('allow', 'deny')) }, closed),
], 'Who answers the pages: a person (manual), or the policy itself at once (auto)');

const ErrorRowSchema = Type.Object({
  status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
  error: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '^[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+$' })),
  description: Type.Optional(Type.String({ maxLength: 1000 })),
}, closed);

/** A realm's rules as a fixture or the admin API write them: each member is optional, and what is left out stays as it is. */
export const PolicySchema = Type.Partial(Type.Object({
  code: lifetime('an authorization code'),
  accessToken: lifetime('an access token'),
  refreshToken: lifetime('a refresh token'),

  grants: Type.Array(GrantTypeSchema, { uniqueItems: true, description: 'Grants that the token endpoint takes' }),
  interaction: InteractionSchema,

  redirectUriMatching: words('exact', 'ignore-query', 'loopback-any-port'),
  redirectUriRequired: words('always', 'when-several'),
  authorizeRefusals: words('redirect', 'page'),
  refusalPageStatus: words('as-the-error', 'always-200'),
  redirectStatus: Type.Unsafe<302 | 303>({ enum: [302, 303] }),
  echoState: Type.Boolean(),
  tokenTypeInRedirect: Type.Boolean(),
  passwordAtAuthorize: Type.Boolean(),
  consent: words('always', 'skipped-while-a-token-lives'),
  scopeParameter: words('checked', 'ignored'),
  scopeWhenOmitted: words('all-of-the-client', 'refused'),
  pkce: words('ignored', 'optional', 'required'),
  pkceMethods: list(words('S256', 'plain')),

  tokenMethods: list(words('GET', 'POST'), { minItems: 1 }),
  tokenParametersIn: list(words('body', 'query'), { minItems: 1 }),
  tokenBodyTypes: list(words('form', 'json', 'multipart'), { minItems: 1 }),
  tokenChecksFirst: words('client', 'parameters'),
  clientCredentialsIn: list(words('basic', 'body', 'query'), { minItems: 1 }),
  clientCredentialsTwice: words('refused', 'accepted-if-same'),
  basicWithoutScheme: Type.Boolean(),
  clientAtCodeExchange: words('required', 'optional'),
  redirectUriAtToken: words('required', 'required-if-sent-before', 'optional'),
  redirectUriAtTokenMatching: words('exact', 'ignore-query'),
  passwordGrantUsername: words('username', 'email'),

  failedExchangeSpendsCode: Type.Boolean(),
  replayRevokesTokens: Type.Boolean(),
  accessTokenReused: Type.Boolean(),
  refreshTokenIssued: Type.Boolean(),
  refreshRotation: words('keep', 'rotate', 'retire-previous-on-first-use', 'reuse-revokes-family'),
  refreshRevokesAccessToken: Type.Boolean(),

  bearerIn: list(words('header', 'query', 'body'), { minItems: 1 }),
  accessTokenExpiryChecked: Type.Boolean(),
  callsPerSecond: Type.Union([Type.Literal('unlimited'), Type.Integer({ minimum: 1, maximum: 1_000_000 })], { description: 'calls a second with one access token: a whole number, or unlimited' }),
  cors: Type.Boolean(),
  pathLetterCase: words('exact', 'ignored'),

  errors: Type.Record(Type.String({ maxLength: 100 }), ErrorRowSchema, { maxProperties: 200, description: 'Rows of the error table, by reason, answered otherwise' }),
}, closed), closed);

export type PolicyDocument = Static<typeof PolicySchema>;
