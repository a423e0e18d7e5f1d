import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { list } from './list.js';

/** Policy fields about paths and headers. */
export const httpFields = {
  pathSpelling: described(
    'other spellings of a path that are accepted: a slash at its end (`/token/`), repeated slashes ' +
      '(`//token`), a format at its end (`/token.json`), percent-encoded letters (`/%74oken`)',
    list(words('trailing-slash', 'double-slash', 'format-suffix', 'encoded-letters')),
  ),
  rawBytesInUrl: described(
    'whether a URL with bytes outside ASCII is read as if they were percent-encoded (RFC 3986 §2.1)',
    words('accepted', 'refused'),
  ),
  acceptMalformed: described(
    'an Accept header that is no list of media types: ignored, or refused (Rails: 406)',
    words('ignored', 'refused'),
  ),
  unknownPaths: described(
    'whether a request without a route is answered with what is served there, or as the framework of the provider ' +
      'does, which then looks for the route before it reads a body of JSON',
    words('explained', 'as-the-framework'),
  ),
  pageCaching: described(
    'whether pages and redirects have `Cache-Control: no-store`, or what the framework of the provider sends',
    words('no-store', 'as-the-framework'),
  ),
  tokenCaching: described(
    'whether answers of the token endpoint, and those with a code in the body, have `Cache-Control: no-store` and ' +
      '`Pragma: no-cache` (RFC 6749 §5.1), or what the framework of the provider sends',
    words('no-store', 'as-the-framework'),
  ),
  answerFormat: described(
    'the form of token answers and of refusals (status, error code, members, challenge): that of the provider, or ' +
      'that of RFC 6749 §4.1.2.1, §5.1 and §5.2 and RFC 6750 §3',
    words('as-the-provider', 'rfc'),
  ),
  scopeChallenge: described(
    'whether the refusal of a token without the needed scope has the header WWW-Authenticate (RFC 6750 §3)',
    Type.Boolean(),
  ),
  descriptionInJson: described(
    'how a provider that writes error_description as HTML in JSON bodies does so: as it is, or with an entity for ' +
      'each character that HTML 4.01 names',
    words('as-it-is', 'html-entities'),
  ),
  descriptionInChallenge: described(
    'how that provider writes error_description in WWW-Authenticate: with quotes and backslashes escaped (RFC 9110 ' +
      '§5.6.4), or as it is',
    words('escaped', 'as-it-is'),
  ),
};
