import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { Duration } from '../../providers/policy/schema.js';
import { VirtualTime } from './instant.js';
import { Paging, listOf } from './list.js';
import type { Static } from 'typebox';

const text = Type.String({ minLength: 1, maxLength: 2000 });
const user = Type.String({ minLength: 1, maxLength: 2000, description: 'the id or the username' });

const CodeStatus = words('live', 'spent', 'expired', 'revoked');

/** Selects authorization codes. An omitted member matches every code. */
export const CodeSelectionSchema = Type.Object(
  {
    clientId: Type.Optional(described('Id of the client', text)),
    userId: Type.Optional(user),
    grantId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'the id of a token family' })),
    code: Type.Optional(described('One code', text)),
  },
  { additionalProperties: false },
);
export type CodeSelection = Static<typeof CodeSelectionSchema>;

/** Query of the call that lists codes. */
export const CodesQuery = Type.Object(
  {
    ...CodeSelectionSchema.properties,
    status: Type.Optional(described('Whether they can be exchanged', CodeStatus)),
    ...Paging,
  },
  { additionalProperties: false },
);

/** Body of the call that mints an authorization code. */
export const MintCodeBody = Type.Object(
  {
    clientId: described('Id of the client', text),
    userId: user,
    redirectUri: Type.Optional(
      Type.String({
        format: 'redirect-uri',
        maxLength: 2000,
        description: 'default: the first redirect URI of the client, as if the authorization request had none',
      }),
    ),
    scopes: Type.Optional(
      Type.Array(text, {
        maxItems: 100,
        uniqueItems: true,
        description: 'default: all scopes that the client may have',
      }),
    ),
    expiresIn: Type.Optional(Duration),
    codeChallenge: Type.Optional(described('The code_challenge of PKCE (RFC 7636 §4.2)', text)),
    codeChallengeMethod: Type.Optional(described('How it was made from the verifier', words('S256', 'plain'))),
  },
  { additionalProperties: false },
);
export type CodeToMint = Static<typeof MintCodeBody>;

/** An authorization code and its state. */
export const CodeView = Type.Object({
  code: Type.String({ description: 'The code' }),
  fingerprint: Type.String({ description: 'The name that the journal shows instead of the code' }),
  status: described('Whether it can be exchanged', CodeStatus),
  clientId: Type.String({ description: 'Id of the client' }),
  userId: Type.Union([Type.String(), Type.Null()], { description: 'Id of the user; null: none' }),
  scopes: Type.Array(Type.String(), { description: 'The scopes that were granted' }),
  grantId: Type.String({ description: 'The token family that it belongs to' }),
  redirectUri: Type.String({ description: 'The redirect URI that it was issued for' }),
  issuedAt: VirtualTime,
  expiresAt: VirtualTime,
  spentAt: Type.Optional(VirtualTime),
});
export type CodeInfo = Static<typeof CodeView>;

/** A page of authorization codes. */
export const CodesView = listOf({ codes: Type.Array(CodeView, { description: 'The codes that match' }) });
export type CodeList = Static<typeof CodesView>;
