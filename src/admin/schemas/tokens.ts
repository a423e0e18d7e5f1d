import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { Duration } from '../../providers/policy/schema.js';
import { VirtualTime, VirtualTimeOrNever } from './instant.js';
import { Paging, listOf } from './list.js';
import type { Static } from 'typebox';

const text = Type.String({ minLength: 1, maxLength: 1000 });

const TokenStatus = words('live', 'expired', 'revoked', 'replaced');

/** Selects tokens. An omitted member matches every token. */
export const TokenSelectionSchema = Type.Object(
  {
    clientId: Type.Optional(described('Id of the client', text)),
    userId: Type.Optional(Type.String({ minLength: 1, maxLength: 1000, description: 'the id or the username' })),
    grantId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'the id of a token family' })),
    kind: Type.Optional(described('Access tokens or refresh tokens alone', words('access', 'refresh'))),
    token: Type.Optional(described('One token', text)),
  },
  { additionalProperties: false },
);
export type TokenSelection = Static<typeof TokenSelectionSchema>;

/** Query of the call that lists tokens. */
export const TokensQuery = Type.Object(
  {
    ...TokenSelectionSchema.properties,
    status: Type.Optional(described('Whether they can be used', TokenStatus)),
    ...Paging,
  },
  { additionalProperties: false },
);

/** Body of the call that mints tokens. */
export const MintTokensBody = Type.Object(
  {
    clientId: described('Id of the client', text),
    userId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'the id or the username; default: none, as in the client credentials grant, without a refresh token',
      }),
    ),
    scopes: Type.Optional(
      Type.Array(text, {
        maxItems: 100,
        uniqueItems: true,
        description: 'default: all scopes that the client may have',
      }),
    ),
    expiresIn: Type.Optional(
      Type.Union([Duration, Type.Number({ minimum: 0, maximum: 3_153_600_000 })], {
        description: 'a duration such as 15m, or a number of seconds',
      }),
    ),
  },
  { additionalProperties: false },
);
export type TokensToMint = Static<typeof MintTokensBody>;

/** Tokens that were minted. */
export const MintedTokensView = Type.Object({
  accessToken: Type.String({ description: 'The access token. A second access token of an answer is not minted' }),
  refreshToken: Type.Union([Type.String(), Type.Null()], { description: 'The refresh token; null: none' }),
  tokenType: Type.Union([Type.String(), Type.Null()], {
    description: "The token_type as the provider's token endpoint writes it; null if it omits it",
  }),
  expiresAt: VirtualTimeOrNever,
  expiresIn: Type.Union([Type.Number(), Type.Null()], { description: 'Seconds; null means never' }),
  scopes: Type.Array(Type.String(), { description: 'The scopes that were granted' }),
  clientId: Type.String({ description: 'Id of the client' }),
  userId: Type.Union([Type.String(), Type.Null()], { description: 'Id of the user; null: none' }),
  grantId: Type.String({ description: 'The token family that the tokens belong to' }),
});
export type MintedTokens = Static<typeof MintedTokensView>;

/** A token and its state. */
export const TokenView = Type.Object({
  kind: described('Whether it is an access token or a refresh token', words('access', 'refresh')),
  token: Type.String({ description: 'The token' }),
  fingerprint: Type.String({ description: 'The name that the journal shows instead of the token' }),
  status: described('Whether it can be used', TokenStatus),
  clientId: Type.String({ description: 'Id of the client' }),
  userId: Type.Union([Type.String(), Type.Null()], { description: 'Null for a token without a user' }),
  scopes: Type.Array(Type.String(), { description: 'Its scopes' }),
  grantId: Type.String({ description: 'The token family that it belongs to' }),
  issuedAt: VirtualTime,
  expiresAt: VirtualTimeOrNever,
  firstUsedAt: Type.Optional(VirtualTime),
  revokedAt: Type.Optional(VirtualTime),
  because: Type.Optional(Type.String({ description: 'Why it was revoked' })),
  partner: Type.Union([Type.String(), Type.Null()], {
    description: 'The other token of the same answer: access or refresh',
  }),
  replacedBy: Type.Optional(Type.String({ description: 'The refresh token that replaced it' })),
});
export type TokenInfo = Static<typeof TokenView>;

/** A page of tokens. */
export const TokensView = listOf({ tokens: Type.Array(TokenView, { description: 'The tokens that match' }) });
export type TokenList = Static<typeof TokensView>;

/** How many tokens or codes expired. */
export const ExpiredCountView = Type.Object({
  expired: Type.Integer({ description: 'Number of tokens or codes that expired' }),
});
export type ExpiredCount = Static<typeof ExpiredCountView>;

/** How many tokens were revoked. */
export const RevokedCountView = Type.Object({
  revoked: Type.Integer({ description: 'Number of tokens that were revoked' }),
});
export type RevokedCount = Static<typeof RevokedCountView>;
