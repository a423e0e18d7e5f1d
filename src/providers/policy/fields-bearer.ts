import { Type } from 'typebox';
import { bearerParameterNames } from '../../core/policy.js';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { list } from './list.js';

/** Policy fields about the access token of a call to the API (RFC 6750 §2). */
export const bearerFields = {
  bearerIn: described(
    'where the API looks for the access token: `header` is Authorization, `x-api-key` is the header X-API-Key',
    list(words('header', 'query', 'body', 'x-api-key'), { minItems: 1 }),
  ),
  bearerHeader: described(
    'how an Authorization header is read: by RFC 6750 §2.1, and refused if it is anything else; everything after ' +
      '"Bearer" and one space; everything after the word Bearer, trimmed, up to a comma; or rails-token, which takes ' +
      '`Bearer` or `Token` in this letter case, with or without `token=` and quotes, up to a comma. The last three ' +
      'pass over other headers',
    words('rfc6750', 'after-one-space', 'after-the-word', 'rails-token'),
  ),
  bearerAliases: described(
    'further schemes of the Authorization header that count like Bearer, in any letter case: token, OAuth',
    Type.Array(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,49}$' }), { uniqueItems: true, maxItems: 10 }),
  ),
  bearerHeaders: described(
    'further headers that have the access token alone, if `header` is among the places: X-Acme-Access-Token. Their ' +
      'names end with -token or -key, by which the journal knows that their values are secrets',
    Type.Array(Type.String({ pattern: '^[A-Za-z0-9-]{1,60}-(?:[Tt]oken|[Kk]ey)$' }), {
      uniqueItems: true,
      maxItems: 10,
    }),
  ),
  bearerParameters: described(
    'the names of the parameter that carries the access token, in query or body; the first one found counts',
    list(words(...bearerParameterNames)),
  ),
  bearerTwice: described(
    'an access token in two places: refused (RFC 6750 §2), also where one of them is not read; or the first ' +
      'that is read counts: header, X-API-Key, query, body',
    words('refused', 'first-counts'),
  ),
  apiChecksFirst: described(
    'whether a call of an unknown path is refused before or after its access token is looked at',
    words('token', 'path'),
  ),
} as const;
