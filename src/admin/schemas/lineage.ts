import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { GrantTypeSchema } from '../../providers/policy/schema.js';
import { VirtualTime, VirtualTimeOrNever } from './instant.js';
import { Paging, listOf } from './list.js';
import type { Static } from 'typebox';

const name = Type.String({ maxLength: 200 });
const selection = {
  provider: Type.Optional(described('Name of the provider', name)),
  clientId: Type.Optional(described('Id of the client', name)),
  userId: Type.Optional(described('Id of the user', name)),
  id: Type.Optional(Type.String({ maxLength: 200, description: 'the id of a family, from a finding' })),
  live: Type.Optional(
    Type.Unsafe<'any' | 'code' | 'access' | 'refresh'>({
      ...words('any', 'code', 'access', 'refresh'),
      description: 'families that have something of this kind that is valid now',
    }),
  ),
  text: Type.Optional(
    Type.String({
      maxLength: 2000,
      description:
        'part of an id, a client, a user, a scope or a fingerprint, in any case; or a whole token or code of it',
    }),
  ),
  order: Type.Optional(
    Type.Unsafe<'oldest' | 'newest'>({
      ...words('oldest', 'newest'),
      description:
        'oldest: those of each provider together, in order of issue. newest: the latest grant first. Default: oldest',
    }),
  ),
};

/** Selects token families. An omitted member matches every family. */
export const FamilySelectionSchema = Type.Object(selection, { additionalProperties: false });
export type FamilySelection = Static<typeof FamilySelectionSchema>;
/** Which families a caller wants, in any order. */
export type FamilyFilter = Omit<FamilySelection, 'order'>;

/** Query of the call that lists token families. */
export const FamilyQuery = Type.Object(
  {
    ...selection,
    uses: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100_000,
        description: 'Maximum number of uses of each token in the answer: the latest ones. Default: all',
      }),
    ),
    ...Paging,
  },
  { additionalProperties: false },
);

/** One request in which a client sent a token or a code. */
const UseView = Type.Object({
  entry: Type.Integer({ description: 'Id of the journal entry' }),
  at: VirtualTime,
  endpoint: Type.String({ description: 'Where it was sent' }),
  status: Type.Union([Type.Integer(), Type.Null()], { description: 'Status of the answer; null: no answer' }),
});
export type Use = Static<typeof UseView>;

const TokenLineView = Type.Object({
  kind: described('Whether it is an access token or a refresh token', words('access', 'refresh')),
  token: Type.String({ description: 'A fingerprint, unless the world shows secrets plain' }),
  status: described('Whether it can be used', words('live', 'expired', 'revoked', 'replaced')),
  scopes: Type.Array(Type.String(), { description: 'Its scopes' }),
  issuedAt: VirtualTime,
  expiresAt: VirtualTimeOrNever,
  boughtBy: Type.Union([Type.Integer(), Type.Null()], {
    description:
      'Id of the entry whose answer first contained the token; null if it was minted over the admin API, or if ' +
      'the journal has dropped the entry',
  }),
  boughtWith: Type.Union([Type.String(), Type.Null()], {
    description: 'The refresh token that the token request used',
  }),
  replacedBy: Type.Union([Type.String(), Type.Null()], {
    description: 'The refresh token that replaced it; null: none',
  }),
  useCount: Type.Integer({ description: 'Number of requests in the journal that used it' }),
  uses: Type.Array(UseView, { description: 'The requests that used it' }),
});
export type TokenLine = Static<typeof TokenLineView>;

const CodeLineView = Type.Object({
  code: Type.String({ description: 'A fingerprint, unless the world shows secrets plain' }),
  status: described('Whether it can be exchanged', words('live', 'spent', 'expired', 'revoked')),
  issuedAt: VirtualTime,
  expiresAt: VirtualTime,
  spentAt: Type.Union([Type.String(), Type.Null()], {
    description: 'Virtual time of its exchange; null: it was not exchanged',
  }),
  useCount: Type.Integer({ description: 'Number of requests in the journal that used it' }),
  uses: Type.Array(UseView, { description: 'The requests that used it' }),
});
export type CodeLine = Static<typeof CodeLineView>;

/** A grant, and every token that was issued for it. */
export const FamilyView = Type.Object({
  id: Type.String({ description: 'Id of the grant' }),
  provider: Type.String({ description: 'Name of the provider' }),
  grantType: described('The grant that issued its first token', GrantTypeSchema),
  clientId: Type.String({ description: 'Id of the client' }),
  userId: Type.Union([Type.String(), Type.Null()], { description: 'Id of the user; null: none' }),
  scopes: Type.Array(Type.String(), { description: 'The scopes that were granted' }),
  createdAt: VirtualTime,
  revokedAt: Type.Union([Type.String(), Type.Null()], { description: 'Virtual time; null: it was not revoked' }),
  because: Type.Union([Type.String(), Type.Null()], { description: 'Why it was revoked' }),
  code: Type.Union([CodeLineView, Type.Null()], { description: 'The authorization code; null: it began without one' }),
  tokens: Type.Array(TokenLineView, { description: 'In the order in which they were issued' }),
});
export type Family = Static<typeof FamilyView>;

/** A page of token families. */
export const FamiliesView = listOf({
  families: Type.Array(FamilyView, { description: 'The token families that match' }),
});
export type FamilyList = Static<typeof FamiliesView>;
