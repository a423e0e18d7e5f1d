import { Type } from 'typebox';
import { words } from '../../input/words.js';
import { GrantTypeSchema } from '../../world/scenario/schema/policy.js';
import { VirtualTime, VirtualTimeOrNever } from './instant.js';
import { Paging, listOf } from './list.js';
import type { Static } from 'typebox';

const name = Type.String({ maxLength: 200 });
const selection = {
  provider: Type.Optional(name),
  clientId: Type.Optional(name),
  userId: Type.Optional(name),
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

const textOrNull = Type.Union([Type.String(), Type.Null()]);

/** One request in which a client sent a token or a code. */
const UseView = Type.Object({
  entry: Type.Integer({ description: 'Id of the journal entry' }),
  at: VirtualTime,
  endpoint: Type.String(),
  status: Type.Union([Type.Integer(), Type.Null()]),
});
export type Use = Static<typeof UseView>;

const TokenLineView = Type.Object({
  kind: words('access', 'refresh'),
  token: Type.String({ description: 'A fingerprint, unless the world shows secrets plain' }),
  status: words('live', 'expired', 'revoked', 'replaced'),
  scopes: Type.Array(Type.String()),
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
  replacedBy: textOrNull,
  useCount: Type.Integer({ description: 'Number of requests in the journal that used it' }),
  uses: Type.Array(UseView),
});
export type TokenLine = Static<typeof TokenLineView>;

const CodeLineView = Type.Object({
  code: Type.String(),
  status: words('live', 'spent', 'expired', 'revoked'),
  issuedAt: VirtualTime,
  expiresAt: VirtualTime,
  spentAt: textOrNull,
  useCount: Type.Integer({ description: 'Number of requests in the journal that used it' }),
  uses: Type.Array(UseView),
});
export type CodeLine = Static<typeof CodeLineView>;

/** A grant, and every token that was issued for it. */
export const FamilyView = Type.Object({
  id: Type.String(),
  provider: Type.String(),
  grantType: GrantTypeSchema,
  clientId: Type.String(),
  userId: textOrNull,
  scopes: Type.Array(Type.String()),
  createdAt: VirtualTime,
  revokedAt: textOrNull,
  because: Type.Union([Type.String(), Type.Null()], { description: 'Why it was revoked' }),
  code: Type.Union([CodeLineView, Type.Null()]),
  tokens: Type.Array(TokenLineView, { description: 'In the order in which they were issued' }),
});
export type Family = Static<typeof FamilyView>;

/** A page of token families. */
export const FamiliesView = listOf({ families: Type.Array(FamilyView) });
export type FamilyList = Static<typeof FamiliesView>;
