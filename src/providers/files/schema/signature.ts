import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { words } from '../../../input/words.js';
import type { Static } from 'typebox';

/** How the redirect back with a code is signed. */
export const SignatureSchema = Type.Object(
  {
    parameter: Type.String({ pattern: '^[A-Za-z0-9_.-]{1,100}$', description: 'The parameter that has the signature' }),
    algorithm: Type.Optional(described('The hash function. Default: sha256', words('sha1', 'sha256', 'sha512'))),
    encoding: Type.Optional(described('How it is written. Default: hex', words('hex', 'base64', 'base64url'))),
  },
  {
    additionalProperties: false,
    description:
      'An HMAC over the other parameters of the redirect back with a code, sorted by name, as name=value with & ' +
      "between them. The key is the client's secret. A client without a secret gets none",
  },
);

export type SignatureDocument = Static<typeof SignatureSchema>;
