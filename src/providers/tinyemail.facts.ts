import { tinyemailReadingFacts } from './tinyemail.reading.facts.js';
import type { Fact } from './fact.js';

const page = 'tinyemail.readme.io, reference/oauth-flow';
const spring = 'spring-projects/spring-security-oauth @ 2732a09e';
const keyed = 'docs.tinyemail.com; Airbyte, PostHog';
const noSource = 'no source';

/**
 * Facts about tinyEmail: what it documents, and for the rest the framework that its paths suggest. A test names each
 * fact by its id.
 */
export const tinyemailFacts: readonly Fact[] = [
  {
    id: 'tinyemail.path.raw-bytes',
    behaviour: 'It is assumed that a URL with bytes outside ASCII is refused with 400.',
    field: 'rawBytesInUrl',
    source: 'Tomcat from 8.5 on refuses them',
    confidence: 'GUESS',
  },
  {
    id: 'tinyemail.host',
    behaviour: 'Answers on the Host `api.tinyemail.com` with the bare paths.',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.grants',
    behaviour: 'The grants are authorization_code and refresh_token.',
    field: 'grants',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.scope',
    behaviour: 'The only scope is `import_customers`: create, update and get customers.',
    field: 'scopeParameter',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.client.one-redirect-uri',
    behaviour: 'A client is registered with one redirect URI. Understudy allows several.',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.pkce',
    behaviour:
      '`code_challenge` and `code_verifier` are assumed to be ignored. `optional` and `required` switch PKCE on.',
    field: 'pkce',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'tinyemail.endpoints.absent',
    behaviour: 'It is assumed that there is no revocation or introspection endpoint: 404.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'tinyemail.cors',
    behaviour: 'Assumed: answers have no CORS headers. `true` adds them.',
    field: 'cors',
    source: noSource,
    confidence: 'GUESS',
  },

  {
    id: 'tinyemail.authorize.request',
    behaviour:
      '`GET /api/authorization-server/oauth/authorize` accepts `response_type`, `client_id`, `redirect_uri` ' +
      'and `scope`. It ignores `grant_type`.',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.authorize.login',
    behaviour:
      'A user who is not logged in is redirected to the login page with 302. Its fields are `username`, ' +
      '`password`, `_csrf`.',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.login-first',
    behaviour:
      'Without a login, every authorization request leads to the login page, a wrong one too. It is checked ' +
      'after the ' +
      'login.',
    field: 'loginPage',
    source: `Spring Security guards the path before ${spring} sees the request`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.post',
    behaviour:
      'A POST to the authorization endpoint is the consent form alone. Without the `_csrf` of a page it is 403, ' +
      'so an ' +
      'authorization request cannot be posted.',
    field: 'authorizePost',
    source: 'Spring Security, CsrfFilter',
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.login-failure',
    behaviour:
      'A wrong password shows the login page again, with status 401 and a message. The redirect to ' +
      '`/login?error` is not emulated.',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.unknown-client',
    behaviour:
      'Unknown client, or none: an HTML page with the heading OAuth Error, 401 `invalid_client`, `Bad client ' +
      'credentials`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.redirect-unregistered',
    behaviour:
      'Unregistered redirect URI, or a text that is none: an HTML page, 400 `invalid_grant`, `Invalid redirect: ' +
      '<uri> does not match one of the registered values.` If several are registered and none was sent, `<uri>` ' +
      'is `null`. ' +
      'If none is registered: `At least one redirect_uri must be registered with the client.`',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.secret',
    behaviour: 'A `client_secret` in the authorization request is ignored, right or wrong.',
    field: 'secretAtAuthorize',
    source: `${spring}, AuthorizationEndpoint`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.redirect-omitted',
    behaviour:
      '`redirect_uri` may be omitted if the client has one redirect URI. With several, the request is ' +
      'refused on an HTML page. `always` requires the parameter.',
    field: 'redirectUriRequired',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.redirect-match',
    behaviour:
      'Scheme, userinfo, host and port must be as they are registered, letter by letter; `:443` is not the ' +
      'same as no port. Each registered parameter must have the same values in the same order; others may ' +
      'come. The path must be equal; Spring also resolves dots in it. `exact` compares every character.',
    field: 'redirectUriMatching',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.redirected-errors',
    behaviour:
      'An unsupported response type or scope is refused by redirect with `error`, `error_description`, ' +
      '`state`, and for a scope also `scope`, in this order. `page` never redirects a refusal.',
    field: 'authorizeRefusals',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.scope-omitted',
    behaviour: 'Without `scope`, all scopes of the client are granted. `refused` refuses the request.',
    field: 'scopeWhenOmitted',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.consent',
    behaviour:
      'The consent form posts `user_oauth_approval=true`, `_csrf`, `authorize` and, for each scope, a radio ' +
      'button `scope.<name>` with the value true or false. The deny form posts `user_oauth_approval=false`.',
    field: 'consent',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.undecided',
    behaviour:
      'Only a form with `user_oauth_approval=true` grants: the scopes whose field is `true`, or all scopes ' +
      'if the form has no scope fields. Spring has a handler for each case. Any other form denies.',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.all-scopes-refused',
    behaviour: 'If the field of every scope is `false`, the form denies.',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.success',
    behaviour:
      'Success redirects with `code` and `state`. The status is 303, as since October 2019; before, it was ' + '302.',
    field: 'redirectStatus',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.state',
    behaviour: '`state` is returned unchanged.',
    field: 'echoState',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.encoding',
    behaviour:
      'The redirect escapes only what a query cannot contain (RFC 3986), a space as %20. Spring leaves a ' +
      'plus sign as it is, which a form decoder reads as a space: `bare-plus`. Here it is escaped.',
    field: 'redirectEncoding',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.authorize.denied',
    behaviour: 'Denial redirects with `error=access_denied`, `error_description=User denied access` and `state`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },

  {
    id: 'tinyemail.token.code-in-query',
    behaviour: 'The code is exchanged by POST with all parameters in the query string.',
    field: 'tokenParametersIn',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.token.response-type',
    behaviour: '`response_type=token` at the token endpoint is ignored.',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.token.refresh-in-query',
    behaviour: 'A refresh has all parameters in the query string.',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.token.places',
    behaviour:
      'Parameters are read from the query and the form body. The client authenticates with Basic, or ' +
      'with id and secret as parameters.',
    field: 'clientCredentialsIn',
    source: `${spring}; the page shows that parameters are allowed`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.members',
    behaviour:
      'Success is 200 with `access_token`, `token_type` (`bearer`), `refresh_token`, `expires_in` (an ' +
      'integer), `scope`, in this order.',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.headers',
    behaviour: '`Cache-Control: no-store`, `Pragma: no-cache`, `Content-Type: application/json;charset=UTF-8`.',
    field: 'tokenCaching',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.format',
    behaviour: 'A token is 32 lower-case hexadecimal digits: a random UUID without hyphens.',
    source: `the sample token on ${page}`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.stock-format',
    behaviour:
      "Stock Spring's formats (a UUID with hyphens up to 2.3.7, 27 characters of base64url later) are " +
      'not emulated: the documented sample shows neither.',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.access-lifetime',
    behaviour: 'An access token is valid for 43200 s.',
    field: 'accessTokenSeconds',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.refresh-lifetime',
    behaviour: 'A refresh token is valid for 2592000 s.',
    field: 'refreshTokenSeconds',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.reused',
    behaviour:
      'A token request for the same client, user and scopes returns the same valid access token again, with ' +
      'a smaller `expires_in`. `false` issues a new one.',
    field: 'accessTokenReused',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.refresh.keeps',
    behaviour: 'A refresh returns the same refresh token. `rotate` returns a new one.',
    field: 'refreshRotation',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.refresh.ends-access',
    behaviour: 'A refresh revokes the old access token. With `false` it stays valid.',
    field: 'refreshRevokesAccessToken',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.refresh.refused',
    behaviour:
      'A refresh with an expired token, or with a scope that was not granted, revokes the access token all the same; ' +
      'the next code then buys a new pair. One of another client changes nothing. With a database and transactions, ' +
      'Spring undoes it for the scope: `changes-nothing`.',
    field: 'refusedRefresh',
    source: `${spring}, DefaultTokenServices`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.code.format',
    behaviour: 'A code is 6 characters `[0-9A-Za-z]`; the `-` and `_` of the newest versions are not emulated.',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.code.lifetime',
    behaviour: 'A code is assumed to be valid for 600 s. Stock Spring sets no limit; `code: 365d` is close to that.',
    field: 'codeSeconds',
    source: `${spring}; RFC 6749 §4.1.2`,
    confidence: 'GUESS',
  },
  {
    id: 'tinyemail.code.first-try',
    behaviour:
      'The first exchange of a code uses it up, even if the exchange is refused. With `false` the code ' +
      'stays valid after a refusal.',
    field: 'failedExchangeSpendsCode',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.code.replay',
    behaviour: 'A second use of a code revokes nothing. `true` revokes the tokens of the first use.',
    field: 'replayRevokesTokens',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.redirect-uri',
    behaviour: 'If the authorization request had a `redirect_uri`, the token request must have the same one.',
    field: 'redirectUriAtToken',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.scope',
    behaviour:
      '`scope` is checked for every grant, the code exchange and the refresh too, after the client and before ' +
      'grant_type.',
    field: 'scopeCheckedAtToken',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.scope.split',
    behaviour:
      '`scope` is split at each white space and each plus sign: two in a row enclose an empty scope, which is ' +
      'unknown. The scopes are sorted.',
    field: 'scopeSyntax',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.token.order',
    behaviour: 'The client is authenticated before the parameters are checked.',
    field: 'tokenChecksFirst',
    source: spring,
    confidence: 'INFERRED',
  },

  {
    id: 'tinyemail.error.headers',
    behaviour:
      'Errors are JSON `{"error","error_description"}` with the three headers of a token answer. Only a 401 ' +
      'has WWW-Authenticate, `Bearer error="…", error_description="…"`.',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.form-client',
    behaviour:
      'Wrong id or secret as parameters: 401 `invalid_client`, `Bad client credentials`, ' +
      '`WWW-Authenticate: Form realm="oauth2/client", error="invalid_client", error_description="Bad ' +
      'client credentials"`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.basic-client',
    behaviour:
      'Wrong id or secret in Basic: 401, `WWW-Authenticate: Basic realm="oauth2/client"`. The container\'s ' +
      'own error body is not emulated: the body is the same as for wrong parameters.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.no-client',
    behaviour:
      'No client authentication: 401 `unauthorized`, `Full authentication is required to access this resource`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.code-unknown',
    behaviour: 'Unknown, used or expired code: 400 `invalid_grant`, `Invalid authorization code: <code>`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.redirect-differs',
    behaviour: 'A different redirect URI, or none: 400 `invalid_grant`, `Redirect URI mismatch.`',
    field: 'redirectUriAtTokenMatching',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.code-other-client',
    behaviour: 'Code of another client: 401 `invalid_client`, `Client ID mismatch`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.refresh-unknown',
    behaviour: 'Unknown refresh token: 400 `invalid_grant`, `Invalid refresh token: <token>`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.refresh-other-client',
    behaviour: 'Refresh token of another client: 400 `invalid_grant`, `Wrong client for this refresh token: <token>`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.refresh-expired',
    behaviour: 'Expired refresh token: 401 `invalid_token`, `Invalid refresh token (expired): <token>`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.grant-unknown',
    behaviour:
      'Unknown grant: 400 `unsupported_grant_type`, `Unsupported grant type`. Before October 2019 the ' +
      'description ended with `: <type>`: `errors: { grant.unsupported: { description: … } }`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.grant-unauthorized',
    behaviour: 'A grant that the client may not use: 401 `invalid_client`, `Unauthorized grant type: <type>`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.grant-missing',
    behaviour: 'No grant type: 400 `invalid_request`, `Missing grant type`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.code-missing',
    behaviour: 'No code: 400 `invalid_request`, `An authorization code must be supplied.`',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.refresh-missing',
    behaviour: 'No refresh token: 400 `invalid_request`, `refresh_token parameter not provided`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.scope',
    behaviour:
      'A scope that is not open to the client: 400 `invalid_scope`, `Invalid scope: <s>`, and the member ' +
      '`scope` with ' +
      'the allowed ones. One that the refreshed token does not have: `Unable to narrow the scope of the client ' +
      'authentication to [<scopes>].`',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.grant-implicit',
    behaviour:
      '`grant_type=implicit`: 400 `invalid_grant`, `Implicit grant type not supported from token endpoint`, after ' +
      'the client and the scope were checked.',
    field: 'implicitAtToken',
    source: `${spring}, TokenEndpoint`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.client-credentials',
    behaviour:
      '`grant_type=client_credentials`: 401 `invalid_client`, `Unauthorized grant type: client_credentials`. Spring ' +
      'knows this grant, and opens it to a client whose `grants` name it. Spring knows `password` only if it is set ' +
      'up: it is assumed that it is not, so it is unsupported.',
    field: 'grantsPerClient',
    source: `${spring}, AbstractTokenGranter, AuthorizationServerEndpointsConfigurer`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.method-after-client',
    behaviour:
      'A method other than POST is refused after client authentication: without a right client a GET is 401. The ' +
      "answer to PUT, DELETE and other methods has Spring Boot's own error body there, which is not emulated.",
    field: 'tokenMethodChecked',
    source: `${spring}, TokenEndpoint; Spring Security authenticates in a filter before it`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.method-allow',
    behaviour: 'The refusal of GET has no header Allow. That of PUT, DELETE and others has `Allow: GET, POST`.',
    field: 'allowAtToken',
    source: `${spring}, TokenEndpoint, DefaultWebResponseExceptionTranslator; Spring MVC`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.method',
    behaviour: 'GET at the token endpoint: 405 `method_not_allowed`, `Request method &#39;GET&#39; not supported`.',
    field: 'tokenMethods',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.escaped',
    behaviour:
      'In a JSON body, at the token endpoint and at the API, `error_description` has each character that HTML 4.01 ' +
      'names as an entity: `Request method &#39;GET&#39; not supported`, `Invalid refresh token: caf&eacute;`. In a ' +
      'redirect it has them as they are.',
    field: 'descriptionInJson',
    source: `${spring}, OAuth2ExceptionJackson2Serializer; answers quoted in seven public repositories`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.challenge-raw',
    behaviour:
      'WWW-Authenticate has the description as it is, quotes and backslashes too: `error_description="Invalid access ' +
      'token: "x""`. Control characters are spaces, and characters outside ASCII are `?`; Tomcat keeps those of ' +
      'Latin-1. Where the challenge names a realm, spaces in a row are one.',
    field: 'descriptionInChallenge',
    source: `${spring}, OAuth2Exception, OAuth2AuthenticationEntryPoint; Tomcat`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.error.internal',
    behaviour: 'An internal failure: 500 `server_error`, `Internal Server Error`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },

  {
    id: 'tinyemail.api.header',
    behaviour: 'API calls have the header `Authorization: Bearer <token>`.',
    source: page,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.api.places',
    behaviour: 'The token is read from the header, or from a parameter `access_token` in query or form body.',
    field: 'bearerIn',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.unknown',
    behaviour:
      'Unknown token: 401 `{"error":"invalid_token","error_description":"Invalid access token: ' +
      '<token>"}`, `WWW-Authenticate: Bearer realm="oauth2-resource", error="invalid_token", ' +
      'error_description="…"`.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.expired',
    behaviour: 'Expired token: the same with `Access token expired: <token>`.',
    field: 'accessTokenExpiryChecked',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.removed',
    behaviour:
      'An expired token is removed when it is sent: the second call says `Invalid access token: <token>`. An ' +
      'expired refresh token likewise: `Invalid refresh token: <token>`.',
    field: 'expiredTokens',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.header-text',
    behaviour:
      'Everything after the word `Bearer`, trimmed and up to a comma, is the token: `Bearer "x"` is an unknown ' +
      'token with that text. Any other Authorization header is passed over.',
    field: 'bearerHeader',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.twice',
    behaviour: 'A token in the header counts before a parameter.',
    field: 'bearerTwice',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.missing',
    behaviour:
      'No token: 401 `unauthorized`, `Full authentication is required to access this resource`, and a ' +
      'challenge of the same form.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.scope',
    behaviour:
      'Scope missing: 403 `insufficient_scope` with the member `scope`, and the challenge `Bearer ' +
      'error="insufficient_scope", error_description="…", scope="…"`, without a realm.',
    field: 'errors',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.customer-get',
    behaviour:
      '`GET /v1/account/customer/{email}` with an OAuth token is assumed to return the same members as with ' +
      'an API key: email, firstName, lastName, source, status, birthday, tags, currency, country, province, ' +
      'city, address1, address2, phone, postalCode, company, lastPurchaseOrder, lastPurchasePrice (text), ' +
      'latestOrderId, lastPurchaseDate, unsubscribedAt.',
    source: keyed,
    confidence: 'GUESS',
  },
  {
    id: 'tinyemail.api.customer-put',
    behaviour:
      '`PUT /v1/account/customer` with `{"updateMembers":[{"email":…}]}` is assumed to answer ' +
      '`{"numberOfCreatedMembers":n,"numberOfUpdatedMembers":m}`. Nothing is stored: `reader@example.test`, ' +
      'the only contact, counts as updated, every other email as created.',
    source: keyed,
    confidence: 'GUESS',
  },
  {
    id: 'tinyemail.api.bad-request',
    behaviour: 'A malformed call, including invalid JSON: 400 `{"message":"…"}`.',
    source: keyed,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.api.method',
    behaviour: 'A method that the path does not allow: 405 with Allow.',
    source: keyed,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.api.ids',
    behaviour: 'The ids of campaigns, contacts, audiences and senders are text.',
    source: "Airbyte's schema",
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'tinyemail.api.campaign',
    behaviour:
      '`GET /v1/campaign?page&size` answers `campaigns.content[]`. A campaign is `{ id, campaign: { name, subject, ' +
      'previewText }, status, … }` with the status `COMPLETED` once it is sent, and with counts such as `sent`, ' +
      '`delivered`, `open`, `totalOpen`, each with its `…Progress` in percent. Pages count from 0.',
    source: "Airbyte's schema; PostHog; a collector",
    confidence: 'SEEN(c×3)',
  },
  {
    id: 'tinyemail.api.contacts',
    behaviour:
      '`GET /v1/contacts` answers `contacts[]` of id, name, numberOfMembers; `GET ' +
      '/v1/contacts/{id}/members` answers `members.content[]`.',
    source: keyed,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.api.members-from-1',
    behaviour: '`GET /v1/contacts/{id}/members?page&size` counts pages from 1. The page 0 is the first as well.',
    source: "PostHog's source of tinyEmail, which says so",
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'tinyemail.api.last',
    behaviour: 'A page has the member `last`: `true` on the last page.',
    source: 'a collector',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'tinyemail.api.paging',
    behaviour:
      'Pages have the other members of Spring Data too: totalElements, totalPages, size, number (from 0), first, ' +
      'numberOfElements, empty. `size` is 20 if it is missing or below 1, and at most 2000. After the last page ' +
      '`content` is empty.',
    source: 'Spring Data',
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.api.audiences',
    behaviour: '`GET` and `POST /v1/audiences`, `PUT /v1/audiences/{id}`.',
    source: 'a TypeScript client',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'tinyemail.api.sender-details',
    behaviour:
      '`GET /v1/sender-details` answers `senderDetailses[]` of id, name, email, address, city, region, postalCode, ' +
      'country, defaults, dkimSigned, emailConfirmed.',
    source: keyed,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.api.key',
    behaviour:
      'The API-key edition takes its key in the header `X-API-KEY`. Here an access token is the key: mint one, or ' +
      'use one of the code grant. An unknown key is answered like an unknown token.',
    field: 'bearerIn',
    source: keyed,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.api.relay',
    behaviour: '`POST /relay/v1/email/campaign` with `X-RELAY-ACCESS-TOKEN` is not emulated: 404.',
    source: keyed,
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.api.rate',
    behaviour:
      'It is assumed that calls are not limited. `callsPerSecond` sets a limit; a call above it is answered ' + '429.',
    field: 'callsPerSecond',
    source: noSource,
    confidence: 'GUESS',
  },
  ...tinyemailReadingFacts,
];
