import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { words } from '../../../input/words.js';
import { lifetime } from '../../policy/durations.js';
import type { Static } from 'typebox';

/** How the provider makes ID tokens. What is left out is as in the provider that the file is like. */
export const IdTokenSchema = Type.Object(
  {
    when: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1000,
        description: "A condition, as in an answer. Default: scopes contains 'openid'. A token without a user has none",
      }),
    ),
    life: Type.Optional(lifetime('an ID token')),
    atRefresh: Type.Optional(
      described(
        'Whether the answer to a refresh has one (OpenID Connect Core §12.2). Default: sent',
        words('sent', 'absent'),
      ),
    ),
    claims: Type.Optional(
      Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.Unknown(), {
        maxProperties: 100,
        description:
          'Claims that it has beside iss, sub, aud, exp, iat, nonce and at_hash, or in place of them, with ' +
          'templates in their texts. null, or a template without a value, takes one away',
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'ID tokens (OpenID Connect Core §2), signed with RS256; endpoints.jwks has the key. Without life they end with ' +
      'the access token, or after an hour if that does not end',
  },
);

export type IdTokenDocument = Static<typeof IdTokenSchema>;
