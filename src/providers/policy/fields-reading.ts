import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { list } from './list.js';

/** Policy fields about how the parameters of a request are read. */
export const readingFields = {
  tokenBodyTypes: described(
    'the content types that the token endpoint reads; untyped is a form without Content-Type',
    list(words('form', 'json', 'multipart', 'untyped'), { minItems: 1 }),
  ),
  unreadBody: described(
    'a body of a type that is not read: refused; ignored, so that its parameters are missing; or ignored, but a ' +
      'Content-Type that is no media type refused (Rails: 406)',
    words('refused', 'ignored', 'ignored-unless-malformed'),
  ),
  parameterSyntax: described(
    'how names are read: as they are; or as Rack reads them, with lists (a[]) and objects (a[b]) of any depth, ' +
      'semicolons between the parameters of a query, and lists and objects in JSON. A name that is text and a list ' +
      'at once is refused then',
    words('plain', 'rack'),
  ),
  parametersRepeated: described(
    'a parameter that is sent more than once in one place: refused (RFC 6749 §3.1, §3.2), or the first or the last ' +
      'value counts. With the syntax of Rack, the last of two equal names counts, unless they are refused',
    words('refused', 'first', 'last'),
  ),
  parametersInBoth: described(
    'a parameter in the body and in the query: refused (RFC 6749 §3.2), or the place whose value counts',
    words('refused', 'query', 'body'),
  ),
  emptyParameters: described(
    'whether a parameter without a value (code=) counts as omitted (RFC 6749 §3.1), or as sent with an empty text',
    words('omitted', 'sent'),
  ),
  blankParameters: described(
    'whether a parameter with nothing but white space counts as a value, or as omitted',
    words('kept', 'omitted'),
  ),
  brokenEncoding: described(
    'a parameter whose percent-encoding is broken or whose bytes are not UTF-8: refused; dropped, with U+FFFD ' +
      'for bytes that are not UTF-8 (Tomcat); or kept as it stands',
    words('refused', 'dropped', 'kept'),
  ),
  secretInUrl: described(
    'a client_secret or a password in the URL of the authorization, token, revocation or introspection endpoint: ' +
      'accepted, or refused (RFC 6749 §2.3.1), also where the query is not read',
    words('accepted', 'refused'),
  ),
  authorizationTwice: described(
    'a request with several Authorization headers: refused (RFC 9110 §5.3), or the first one counts',
    words('refused', 'first-counts'),
  ),
} as const;

/** Policy fields about a client's Basic header. */
export const basicFields = {
  basicWithoutScheme: described(
    'whether an Authorization header without the word Basic is read as Basic',
    Type.Boolean(),
  ),
  basicLetterCase: described(
    'whether the word Basic has to be written exactly so (RFC 9110 §11.1 ignores the letter case)',
    words('exact', 'ignored'),
  ),
  basicDecoding: described(
    'how id and secret are read in a Basic header: form-encoded (RFC 6749 §2.3.1), raw, or in either spelling',
    words('form', 'raw', 'any'),
  ),
  basicBase64: described(
    'how the base64 of a Basic header is read: as RFC 4648 §3.2 and §3.3 ask; as Java does, where the padding may be ' +
      'missing; or with any other characters in it, which are passed over',
    words('rfc4648', 'padding-optional', 'lenient'),
  ),
} as const;
