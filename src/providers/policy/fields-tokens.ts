import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';

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
