import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { list } from './list.js';
import { basicFields } from './fields-reading.js';

/** Policy fields about how clients authenticate. */
export const clientFields = {
  clientCredentialsIn: described(
    'where a client may send its id and secret; basic-secret-as-user: the secret alone, as the user name of Basic ' +
      'without a password; private-key-jwt: a token signed with the key of the client (RFC 7523 §2.2; RS256, PS256, ' +
      'ES256), whose `aud` is the token endpoint or the base URL, here or at the provider',
    list(words('basic', 'body', 'query', 'basic-secret-as-user', 'private-key-jwt'), { minItems: 1 }),
  ),
  assertionAudiences: described(
    'further values of `aud` that such a token may have',
    list(Type.String({ minLength: 1, maxLength: 500 })),
  ),
  clientCredentialsTwice: described(
    'credentials in two places: refused (RFC 6749 §2.3); accepted if they are equal; a Basic header counts ' +
      'alone; or parameters count first, and a Basic header of another client is refused too',
    words('refused', 'accepted-if-same', 'basic-alone', 'parameters-first'),
  ),
  ...basicFields,
  clientAtCodeExchange: described(
    'whether client authentication is required to exchange a code',
    words('required', 'optional'),
  ),
  clientCredentialsGrantFor: described(
    'who may use the client credentials grant: confidential clients alone (RFC 6749 §4.4), or public ones too',
    words('confidential-clients', 'any-client'),
  ),
  clientMissingAtRefresh: described(
    "how a refresh without any client authentication is refused: as a client's, or as a grant of another client",
    words('client-refused', 'grant-refused'),
  ),
};
