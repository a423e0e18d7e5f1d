import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { list } from './list.js';

/** Policy fields about revocation (RFC 7009) and introspection (RFC 7662). */
export const introspectionFields = {
  tokenParameterMissing: described(
    'a request for revocation or introspection without a token: refused, or answered as for an unknown token',
    words('refused', 'as-unknown'),
  ),
  clientAtRevocation: described(
    'whether revocation requires client authentication (RFC 7009 §2.1), or the token is enough, alone or with a ' +
      'client_id; a client_id must be known, and a secret that is sent must be right',
    words('required', 'optional'),
  ),
  revokeClientFailure: described(
    'how a revocation whose client authentication fails is refused: as at the other endpoints (RFC 7009 §2.1), or as ' +
      'a client that may not revoke the token',
    words('as-elsewhere', 'as-unauthorized'),
  ),
  tokenTypeHint: described(
    'whether token_type_hint=refresh_token is advisory (RFC 7009 §2.1), or access tokens are then not looked for',
    words('advisory', 'binding'),
  ),
  revokeExpired: described(
    'whether revocation has an effect on a pair of tokens whose access token has expired',
    Type.Boolean(),
  ),
  revokePublicTokens: described('who may revoke the tokens of a public client', words('own-client', 'any-client')),
  introspectionBy: described(
    'who may ask the introspection endpoint: a client with its credentials, or the bearer of an access token',
    list(words('client', 'bearer'), { minItems: 1 }),
  ),
  introspectionOf: described(
    'which tokens introspection describes: all, or those of the client that asks',
    words('any-token', 'own-tokens'),
  ),
  refreshTokenIntrospectedAs: described(
    'whether introspection of a refresh token describes it, or the access token that was issued with it',
    words('itself', 'its-access-token'),
  ),
} as const;
