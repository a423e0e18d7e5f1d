import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { list } from './list.js';

/** Fields of a policy about the authorization endpoint and its pages. */
export const authorizeFields = {
  redirectUriMatching: described(
    'how a redirect_uri is compared with the registered ones: exactly; exactly but for the port of a loopback ' +
      'address (RFC 8252 §7.3); with more parameters allowed in the query; with any port at a loopback address and ' +
      'any order in the query; normalized as Doorkeeper ' +
      'does (any query where none is registered, any port at a loopback address, an empty path is /); or ' +
      'part by part as Spring does (letter case and a written port count, more parameters are allowed)',
    words('exact', 'exact-but-loopback-port', 'ignore-query', 'loopback-any-port', 'normalized', 'as-written'),
  ),
  secretAtAuthorize: described(
    'whether a client_secret in an authorization request has to be right, or is ignored',
    words('checked', 'ignored'),
  ),
  redirectUriRequired: described(
    'when an authorization request must have redirect_uri: always, or only if several are registered',
    words('always', 'when-several'),
  ),
  authorizeRefusals: described(
    'whether the authorization endpoint sends an error to the redirect_uri (if it is valid) or shows it on a page',
    words('redirect', 'page'),
  ),
  refusalPageStatus: described(
    'the status of a refusal page: that of the error, or always 200',
    words('as-the-error', 'always-200'),
  ),
  redirectStatus: described(
    'the status of the redirect back to the client',
    Type.Unsafe<302 | 303>({ enum: [302, 303] }),
  ),
  echoState: described('whether state is returned to the client', Type.Boolean()),
  tokenTypeInRedirect: described(
    'whether the redirect includes token_type=bearer in addition to the code',
    Type.Boolean(),
  ),
  expiresInRedirect: described(
    'whether the redirect has expires_in, the lifetime of an access token, beside the code',
    Type.Boolean(),
  ),
  issuerInRedirect: described(
    'whether a redirect with a code or an error has iss, the issuer of the metadata (RFC 9207)',
    words('sent', 'absent'),
  ),
  redirectUriRebuilt: described(
    'whether the redirect URI is parsed and written anew for the redirect: the scheme in lower case, no default ' +
      'port, and no parameter whose value is blank, state included',
    Type.Boolean(),
  ),
  redirectEncoding: described(
    'how the redirect encodes a parameter: a space as %20; a space as a plus sign (form encoding); minimal, where ' +
      'only what RFC 3986 does not allow in a query and a plus sign are escaped; or bare-plus, which leaves a ' +
      'plus sign as it is',
    words('percent', 'plus', 'minimal', 'bare-plus'),
  ),
  responseModes: described(
    'the values of response_mode that are known; an empty list ignores the parameter',
    list(words('query', 'fragment', 'form_post')),
  ),
  outOfBandCode: described(
    'whether the redirect URI urn:ietf:wg:oauth:2.0:oob shows the code on a page of the provider',
    Type.Boolean(),
  ),
  loginPage: described(
    'whether a browser without a login sees the login page after the request was checked, or first',
    words('after-the-checks', 'first'),
  ),
  authorizeMethods: described(
    'the HTTP methods that the authorization endpoint accepts (RFC 6749 §3.1: GET, and POST may be)',
    list(words('GET', 'HEAD', 'POST'), { minItems: 1 }),
  ),
  authorizeParametersIn: described(
    'where an authorization request has its parameters: in the query of a GET and in the body of a POST (RFC 6749 ' +
      '§3.1), or in both places of a POST together',
    words('by-method', 'query-and-body'),
  ),
  authorizeBodyTypes: described(
    'the content types that the authorization endpoint reads in a POST; untyped is a form without Content-Type',
    list(words('form', 'json', 'multipart', 'untyped'), { minItems: 1 }),
  ),
  authorizePost: described(
    'what a POST to the authorization endpoint is: an authorization request (RFC 6749 §3.1) as well, or the form ' +
      'of the consent page alone',
    words('a-request', 'the-form-alone'),
  ),
  passwordAtAuthorize: described(
    'whether the authorization endpoint accepts username and password in the query and returns the ' +
      'code in the body',
    Type.Boolean(),
  ),
  consentFormFields: described(
    'whether the fields of the consent form that repeat the request are ignored, or are checked again as the request ' +
      'that is approved. A redirect_uri that is not registered is refused in any case',
    words('ignored', 'checked-again'),
  ),
  consentFormTwice: described(
    'a consent form that is sent again while its code is unspent: the same code, or a new one beside it',
    words('same-code', 'new-code'),
  ),
  consent: described(
    'whether the consent page is shown each time; skipped while a token of the same client, user and scopes is ' +
      'valid; or skipped for a confidential client while such a token is not revoked, even if it has expired',
    words('always', 'skipped-while-a-token-lives', 'skipped-until-revoked'),
  ),
};
