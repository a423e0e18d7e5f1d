import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { duration } from './durations.js';
import { limit } from './limit.js';

/** Maximum of a limit of tokens: those of one client and user are searched when it is reached. */
const mostPerUser = 10_000;

const text = Type.String({ minLength: 1, maxLength: 500 });

const RefreshConditionSchema = Type.Object(
  {
    parameter: Type.Optional(
      Type.Record(Type.String({ minLength: 1, maxLength: 100 }), text, {
        minProperties: 1,
        maxProperties: 20,
        description: 'Values of parameters of the authorization request, by name',
      }),
    ),
    scope: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'A scope that is granted' })),
    consent: Type.Optional(
      described('The user had given the client no access before, or prompt=consent was sent', words('first')),
    ),
    client: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'Ids of clients, of which the client is one: others get no refresh token',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

/** Policy fields about how long a refresh token can be used, beside its lifetime. */
export const refreshLifeFields = {
  refreshTokenIdle: duration(
    'a refresh token ends if it is not used for this time. With refreshRotation keep, each use begins the time again',
  ),
  refreshTokenAbsolute: duration(
    'the refresh tokens of a grant end this long after it was given, however often they are replaced. It holds for ' +
      'tokens that are issued after it is set',
  ),
  refreshGrace: duration(
    'for this time a replaced refresh token is accepted again: each use gives a new pair, and the pairs before stay ' +
      'valid. Only a later use is a replay. 0s: it is accepted once. It has no effect with refreshRotation keep and ' +
      'retire-previous-on-first-use, which replace no refresh token',
  ),
  refreshRotationAfter: duration(
    'a refresh replaces only a refresh token that is as old as this or older; a younger one is kept. 0s: it replaces ' +
      'each. It has no effect with refreshRotation keep',
  ),
} as const;

/** Policy fields about what is issued, and what ends it. */
export const tokenFields = {
  failedExchangeSpendsCode: described('whether a code is invalid after a failed exchange', Type.Boolean()),
  replayRevokesTokens: described(
    'whether a replayed code revokes the tokens that were issued for it (RFC 6749 §4.1.2)',
    Type.Boolean(),
  ),
  accessTokenReused: described(
    'whether a token request returns the valid access token that the same client, user and scopes already have',
    Type.Boolean(),
  ),
  refreshTokenIssued: described('whether refresh tokens are issued', Type.Boolean()),
  refreshTokenIssuedIf: described(
    'conditions under which a token request gets a refresh token: all must hold, and an empty list always holds. ' +
      'Grants without an authorization request are asked for the scope and the client alone, and a refresh for nothing',
    Type.Array(RefreshConditionSchema, { maxItems: 20 }),
  ),
  refreshTokensPerUser: limit(
    mostPerUser,
    'maximum refresh tokens of one client and user that are valid at a time; beyond it the oldest is revoked',
  ),
  accessTokensPerUser: limit(
    mostPerUser,
    'maximum access tokens of one client and user that are valid at a time; beyond it the oldest is revoked',
  ),
  refreshRotation: described(
    'what a refresh does to the refresh token: keep it; replace it; replace it, and revoke the old one ' +
      'when the new access token is first used; or replace it, and revoke the token family if the old ' +
      'one is used again',
    words('keep', 'rotate', 'retire-previous-on-first-use', 'reuse-revokes-family'),
  ),
  previousRetiredBy: described(
    'with that first use: whether a call of the API counts, or only token info and introspection',
    words('any-use', 'use-outside-the-api'),
  ),
  refreshRevokesAccessToken: described('whether a refresh revokes the old access token', Type.Boolean()),
  refusedRefresh: described(
    'what a refresh does that is refused because the refresh token has expired or the scope is wider: nothing, or it ' +
      'revokes the access token all the same',
    words('changes-nothing', 'revokes-access-token'),
  ),
  refreshTokenForClientCredentials: described(
    'whether the client credentials grant issues a refresh token, which RFC 6749 §4.4.3 advises against',
    Type.Boolean(),
  ),
  narrowedScope: described(
    'whether a refresh with fewer scopes narrows the new access token alone (RFC 6749 §6), or lasts for the next ' +
      'refresh as well',
    words('access-token', 'lasting'),
  ),
  expiredTokens: described(
    'whether an expired token stays known as expired, or is removed when it is sent, so that it is unknown from ' +
      'the second time on',
    words('remembered', 'removed-when-sent'),
  ),
} as const;
