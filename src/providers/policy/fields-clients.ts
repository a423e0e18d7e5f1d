import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { list } from './list.js';
import { basicFields } from './fields-reading.js';

/** Policy fields about how clients authenticate. */
export const clientFields = {
  clientCredentialsIn: described(
    'where a client may send its id and secret',
    list(words('basic', 'body', 'query'), { minItems: 1 }),
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
