import { dottedsignReadingFacts } from './dottedsign.reading.facts.js';
import type { Fact } from './fact.js';

const pages = 'developer.dottedsign.com, authentication pages';
const settings = "DottedSign-Official/dottedsign-self-hosted, Doorkeeper's initializer";
const openApi = 'DottedSign-Official/dottedsign-self-hosted, openapi/';
const measured = "Doorkeeper 5.6.6 on Rails 6.1.7.10 with DottedSign's published settings, run";
const codeIgniter = 'a CodeIgniter client of the cloud';
const doorkeeper = 'Doorkeeper';
const noSource = 'no source';

/** Facts about DottedSign's cloud and about its published self-hosted edition. A test names each fact by its id. */
export const dottedsignFacts: readonly Fact[] = [
  {
    id: 'dottedsign.host',
    behaviour: 'Answers on the Hosts `api.dottedsign.com` and `api.sandbox.dottedsign.com` with the bare paths.',
    source: 'two clients of the cloud',
    confidence: 'SEEN(c×2)',
  },
  {
    id: 'dottedsign.sandbox-site',
    behaviour: 'The sandbox web site `https://sandbox.dottedsign.com` is not emulated: only the API hosts are.',
    source: 'a support article',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.grants',
    behaviour:
      'The grants are authorization_code, refresh_token and client_credentials. The self-hosted edition ' +
      'also has the password grant: add `password` to `grants`.',
    field: 'grants',
    source: `${pages}; ${settings}`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.self-hosted.paths',
    behaviour: 'The paths of the self-hosted edition, `/oauth/…` without `/v1` and `/api/v1/…`, work as well.',
    source: openApi,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.self-hosted.password',
    behaviour: 'The password grant calls its username `email`.',
    field: 'passwordGrantUsername',
    source: `${openApi}openapi/paths/oauth.yml`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.password.email',
    behaviour:
      'The password grant takes the email in any letter case and with white space around it, as Devise does by ' +
      'default.',
    field: 'usernameMatching',
    source: `${measured}; LeveretAuth's DeviseStrategy`,
    confidence: 'SEEN(d), MEASURED',
    measured: ['password/email in capitals'],
  },
  {
    id: 'dottedsign.password.ldap',
    behaviour:
      '`provider=ldap` is ignored, as if LDAP were set up for the user. With `refused` it is 400 ' +
      '`strategy_not_found`, 404046, as on a server without LDAP; the description is not known.',
    field: 'passwordGrantProvider',
    source: "DottedSign-Official/dottedsign-self-hosted, the backend's code",
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.self-hosted.refresh-path',
    behaviour:
      '`/oauth/token/refresh` is another path of the token endpoint. Only the OpenAPI text names it; the ' +
      'frontend uses `/oauth/token`.',
    source: `${openApi}; frontend/server.js`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.neighbours',
    behaviour:
      "Doorkeeper's `/oauth/revoke`, `/oauth/introspect` and `/oauth/token/info` are served, also below " + '`/v1`.',
    source: doorkeeper,
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.account-pages',
    behaviour: '`GET /oauth/applications` is 403: the published settings have no `admin_authenticator`.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['neighbour//oauth/applications'],
  },
  {
    id: 'dottedsign.account-pages.others',
    behaviour:
      'The other paths below `/oauth/applications` are 403 for GET and 422 for forms. ' +
      '`/oauth/authorized_applications` ' +
      'shows the applications of the user who is logged in; no application can be removed there.',
    source: 'Doorkeeper 5.6.6, lib/doorkeeper/rails/routes.rb, applications_controller.rb, config.rb',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.client.ids',
    behaviour:
      'A client id or secret may be any text, such as 43 base64url characters, or 64 hexadecimal digits as ' +
      'in the published seeds.',
    source: 'DottedSign-Official/dottedsign-self-hosted, backend/db/seeds.rb',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.scopes',
    behaviour:
      'files.general.read/write, groups.general.read/write, groups.seals.read/write, ' +
      'groups.sign_tasks.read, sign_tasks.general.read/write, embedded_signing.',
    field: 'scopeParameter',
    source: 'API-scopes page',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.scopes.third-party',
    behaviour: 'A client can request `third_party sign_tasks.general.read sign_tasks.general.write`.',
    source: codeIgniter,
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'dottedsign.cors',
    behaviour: 'Assumed: answers have no CORS headers. `true` adds them.',
    field: 'cors',
    source: noSource,
    confidence: 'GUESS',
  },

  {
    id: 'dottedsign.authorize.request',
    behaviour:
      '`GET /v1/oauth/authorize` requires `client_id`, `response_type=code` and `redirect_uri`. `scope` is ' +
      'optional.',
    field: 'redirectUriRequired',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.authorize.several-redirect-uris',
    behaviour:
      'If a client has several redirect URIs, `redirect_uri` is required, and must be the same in the ' +
      'authorization request and the token request.',
    field: 'redirectUriAtToken',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.authorize.embedded-signing',
    behaviour: 'The scope `embedded_signing` is granted by client_credentials only, not with an authorization code.',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.scope.white-space',
    behaviour:
      '`scope` is split at any run of white space, and white space alone counts as not sent. A tab or a line ' +
      'end is refused at the authorization endpoint and at a refresh alone.',
    field: 'scopeSyntax',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/client_credentials/scope blanks around',
      'token/client_credentials/scope with a tab',
      'refresh/scope with a tab',
      'refresh/scope blank',
    ],
  },
  {
    id: 'dottedsign.authorize.scope-omitted',
    behaviour: 'Without `scope`, all scopes that the client may request are granted. `refused` refuses the request.',
    field: 'scopeWhenOmitted',
    source: `API-scopes page: scope is optional; ${measured}`,
    confidence: 'SEEN(d), MEASURED',
    measured: ['authorize/scope left out', 'authorize/narrow client, scope left out', 'password/form'],
  },
  {
    id: 'dottedsign.scopes.on-demand',
    behaviour:
      'embedded_signing is granted only to requests that name it: it is none of the default scopes, with which a ' +
      'request without `scope` is answered.',
    source: 'Doorkeeper 5.6.6, lib/doorkeeper/oauth/base_request.rb, build_scopes',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.client-secret',
    behaviour:
      'A client_secret in an authorization request is passed over, right or wrong. `checked` refuses a wrong one.',
    field: 'secretAtAuthorize',
    source: 'Doorkeeper 5.6.6, authorizations_controller.rb: pre_auth_param_fields',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.login',
    behaviour: 'A user who is not logged in is redirected to a login page with 302.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/not logged in, unknown client', 'authorize/not logged in, bad redirect_uri'],
  },
  {
    id: 'dottedsign.authorize.login-page',
    behaviour: "The login page is Understudy's own. Its fields are assumed to be named `username` and `password`.",
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'dottedsign.authorize.errors',
    behaviour:
      'An unknown client, or an invalid redirect URI, response type or scope, is refused on an HTML page ' +
      'with status 200, never by redirect.',
    field: 'authorizeRefusals',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'authorize/client_id unknown',
      'authorize/redirect_uri unregistered',
      'authorize/response_type missing',
      'authorize/scope unknown',
    ],
  },
  {
    id: 'dottedsign.authorize.errors-newer',
    behaviour: 'Since Doorkeeper 5.6.7 this page has the status 400 or 401, as with `as-the-error`.',
    field: 'refusalPageStatus',
    source: doorkeeper,
    confidence: 'MEASURED',
    measured: ['run: Doorkeeper 5.5.0 to 5.9.6, compared'],
  },
  {
    id: 'dottedsign.authorize.errors-redirected',
    behaviour:
      'A consent form that was posted with an invalid scope is answered by redirect with `error`, ' +
      '`error_description`, `state`, `error_code`, `error_message`, `error_key`.',
    field: 'consentFormFields',
    source: measured,
    confidence: 'MEASURED',
    measured: ['run: Doorkeeper 5.6.6, an answer that is not in the replay'],
  },
  {
    id: 'dottedsign.authorize.form-fields',
    behaviour:
      'The request that is approved is that of the posted form, after all checks. An unknown client or a ' +
      'redirect_uri that is not registered is answered with the error as JSON: 400, or 401 for the client. ' +
      '`ignored` approves what the page showed. Unlike Doorkeeper, a denial does not go to a redirect_uri that was ' +
      'changed in the form.',
    field: 'consentFormFields',
    source: 'Doorkeeper 5.6.6, authorizations_controller.rb: create, redirect_or_render',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.form-twice',
    behaviour: 'Each time the consent form is sent, there is a new code, and the earlier ones stay valid.',
    field: 'consentFormTwice',
    source: 'Doorkeeper 5.6.6, authorizations_controller.rb: create; lib/doorkeeper/oauth/code_request.rb: authorize',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.consent',
    behaviour:
      'The consent form posts client_id, redirect_uri, state, response_type, response_mode, scope, ' +
      'code_challenge, code_challenge_method and `commit=Authorize`; the deny form the same with ' +
      '`_method=delete` and `commit=Deny`.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/allow', 'authorize/fields of the deny form'],
  },
  {
    id: 'dottedsign.authorize.undecided',
    behaviour:
      'A consent form without `client_id` grants nothing: 400 with the error as JSON. With `_method=delete`, in any ' +
      'letter case, it is a denial, whatever else it has.',
    source: 'Doorkeeper 5.6.6, authorizations_controller.rb: create; Rack 2.2, lib/rack/method_override.rb',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.approve',
    behaviour: 'Approval redirects by 302 to `<redirect_uri>?code=<43 characters>&state=<state>`.',
    field: 'redirectStatus',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/allow', 'authorize/headers of the redirect with the code'],
  },
  {
    id: 'dottedsign.authorize.deny',
    behaviour: 'Denial redirects by 302 with `error=access_denied`, `error_description`, `state`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/deny without state', 'authorize/headers of the redirect with the denial'],
  },
  {
    id: 'dottedsign.authorize.consent-skipped',
    behaviour:
      'The consent page is skipped for a confidential client if a token of the same client, user and scopes is not ' +
      'revoked, even if it has expired. With `always` it is shown each time.',
    field: 'consent',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'authorize/consent skipped? a live token',
      'authorize/consent skipped? an expired token',
      'authorize/consent skipped? public client with a live token',
    ],
  },
  {
    id: 'dottedsign.authorize.redirect-match',
    behaviour:
      'Redirect URIs are compared as Ruby compares URIs: letter case of scheme and host, the default port ' +
      'and an empty path do not count. The query may be anything if none is registered, else its order is ' +
      'free. Any port of a loopback address is accepted.',
    field: 'redirectUriMatching',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'authorize/redirect_uri with a query more',
      'authorize/redirect_uri query, one more',
      'authorize/redirect_uri loopback, another port',
      'authorize/redirect_uri with a trailing slash',
    ],
  },
  {
    id: 'dottedsign.authorize.redirect-rebuilt',
    behaviour:
      'The redirect URI is parsed and written anew: the scheme in lower case, no default port, its own query encoded ' +
      'anew. A blank state and blank parameters are left out. Without it the parameters are appended.',
    field: 'redirectUriRebuilt',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'authorize/redirect_uri scheme in capitals',
      'authorize/state blank',
      'authorize/deny without state',
      'authorize/state in a redirect_uri with a query',
    ],
  },
  {
    id: 'dottedsign.authorize.encoding',
    behaviour: 'A space in a parameter of the redirect is a plus sign.',
    field: 'redirectEncoding',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/state with a plus', 'authorize/headers of the redirect with the denial'],
  },
  {
    id: 'dottedsign.authorize.response-mode',
    behaviour:
      '`response_mode`: `fragment` leads to `#code=…`, `form_post` to a page that posts the answer by ' +
      'itself. An empty list ignores it.',
    field: 'responseModes',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'authorize/response_mode fragment',
      'authorize/response_mode form_post',
      'authorize/response_mode query',
    ],
  },
  {
    id: 'dottedsign.authorize.response-mode-unknown',
    behaviour:
      'An unknown response_mode is refused on a page: `The authorization server does not support this response mode.`',
    field: 'responseModes',
    source: 'Doorkeeper 5.6.6, lib/doorkeeper/oauth/pre_authorization.rb: validate_response_mode',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.out-of-band-denied',
    behaviour: 'A denial for `urn:ietf:wg:oauth:2.0:oob` is 400 with the error as JSON.',
    field: 'outOfBandCode',
    source: 'Doorkeeper 5.6.6, lib/doorkeeper/oauth/error_response.rb: redirectable?',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.out-of-band',
    behaviour:
      'For `urn:ietf:wg:oauth:2.0:oob` the browser is sent to `…/authorize/native?code=…`, which shows the code.',
    field: 'outOfBandCode',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/redirect_uri oob, registered', 'neighbour//oauth/authorize/native?code=abc'],
  },
  {
    id: 'dottedsign.authorize.login-first',
    behaviour:
      'A browser without a login sees the login page before the request is checked. Here the journal notes ' +
      'at once what will be refused.',
    field: 'loginPage',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/not logged in, unknown client', 'authorize/not logged in, bad redirect_uri'],
  },
  {
    id: 'dottedsign.authorize.forged',
    behaviour:
      'A form without its anti-forgery value, and a POST that is no form of the consent page: 422 without a body.',
    field: 'authorizePost',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/form: anti-forgery value left out', 'authorize/POST without a form'],
  },
  {
    id: 'dottedsign.authorize.accept',
    behaviour:
      'Where the consent page or an error page is due and Accept names no HTML, Rails finds no template: 500, in ' +
      'JSON for `application/json`. The login page is not concerned.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['authorize/Accept json, unknown client', 'authorize/Accept json, good'],
  },
  {
    id: 'dottedsign.authorize.pkce',
    behaviour: 'PKCE is optional, with the methods plain and S256. `ignored` and `required` change that.',
    field: 'pkce',
    source: measured,
    confidence: 'MEASURED',
    measured: ['pkce/plain, right', 'pkce/S256, missing then right', 'pkce/no challenge, verifier sent'],
  },

  {
    id: 'dottedsign.token.redirect-match',
    behaviour:
      '`redirect_uri` with the code is compared as at the authorization endpoint. `exact` compares every character.',
    field: 'redirectUriAtTokenMatching',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/code/loopback: another port at the exchange',
      'token/code/order of the query changed at the exchange',
      'token/code/redirect_uri with a trailing slash',
    ],
  },
  {
    id: 'dottedsign.pkce.method',
    behaviour:
      'A code_challenge without code_challenge_method is refused: `The code challenge method must be plain or ' +
      'S256.` With `plain` that is the method.',
    field: 'pkceMethodOmitted',
    source: measured,
    confidence: 'MEASURED',
    measured: ['pkce/authorize: no method', 'pkce/authorize: method unknown', 'pkce/plain, right'],
  },
  {
    id: 'dottedsign.pkce.syntax',
    behaviour: 'Length and characters of code_challenge and code_verifier are not checked.',
    field: 'pkceSyntax',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'pkce/authorize: short challenge, plain',
      'pkce/authorize: long challenge',
      'pkce/authorize: challenge with odd characters',
      'pkce/S256, verifier with odd characters that fits',
    ],
  },
  {
    id: 'dottedsign.token.code',
    behaviour:
      '`POST /v1/oauth/token` with client_id, client_secret, grant_type=authorization_code, code, redirect_uri.',
    source: `${pages}; Postman collection`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.token.refresh',
    behaviour: '`POST /v1/oauth/token` with client_id, client_secret, grant_type=refresh_token, refresh_token.',
    source: `${pages}; Postman collection`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.token.client-credentials',
    behaviour:
      'client_credentials accepts `scope`. The token acts for the user who created the application; here ' +
      'that is the first user.',
    source: 'client-credentials page; Postman collection',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.token.no-refresh-token',
    behaviour: 'The answer to client_credentials has no refresh_token.',
    field: 'refreshTokenForClientCredentials',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/form, client in the body'],
  },
  {
    id: 'dottedsign.token.json',
    behaviour: 'The request body may be JSON or form-encoded.',
    field: 'tokenBodyTypes',
    source: `${codeIgniter}; self-hosted frontend/server.js`,
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'dottedsign.token.places',
    behaviour: 'Parameters are read from a form body, a JSON body or the query.',
    field: 'tokenParametersIn',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/form, client in the body', 'token/shape/json', 'token/shape/all in the query'],
  },
  {
    id: 'dottedsign.token.client-places',
    behaviour: 'The client authenticates by Basic or by parameters.',
    field: 'clientCredentialsIn',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/shape/form, client in the body',
      'token/shape/form, Basic',
      'token/shape/client in the query, grant in the form',
    ],
  },
  {
    id: 'dottedsign.token.members',
    behaviour:
      'Success is 200 with `access_token`, `token_type`, `expires_in`, `refresh_token`, `scope`, ' +
      '`created_at` (Unix seconds, an integer), in this order. An empty scope is omitted.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/code/form', 'token/shape/form, client in the body'],
  },
  {
    id: 'dottedsign.token.type',
    behaviour: '`token_type` is `Bearer`.',
    source: `${doorkeeper}; ${openApi}`,
    confidence: 'MEASURED',
    measured: ['token/code/form'],
  },
  {
    id: 'dottedsign.token.for-app',
    behaviour: 'The self-hosted call `members/login`, with its member `for_app`, is not emulated.',
    source: openApi,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.token.headers',
    behaviour:
      '`Cache-Control: no-store`, `Content-Type: application/json; charset=utf-8`, a weak ETag, no Pragma. With ' +
      '`no-store` also `Pragma: no-cache`.',
    field: 'tokenCaching',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/code/form', 'token/shape/form, client in the body'],
  },
  {
    id: 'dottedsign.rails-headers',
    behaviour:
      'Every answer of the application has X-Frame-Options, X-XSS-Protection, X-Content-Type-Options, ' +
      'X-Download-Options, X-Permitted-Cross-Domain-Policies, Referrer-Policy, X-Request-Id and X-Runtime.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/form, client in the body', 'token/shape/X-Requested-With sent, no Accept'],
  },
  {
    id: 'dottedsign.rails-headers.vary',
    behaviour:
      '`Vary: Accept` stands on an answer only if Rails read the header Accept: it is sent, it is no list with `*/*` ' +
      'as browsers and axios send it, and neither a parameter `format` nor the end of the path names a format. ' +
      'Redirects, a missing or unknown grant_type, a missing code and a wrong password have no Vary.',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/shape/Accept of a browser',
      'token/shape/Accept json, text, any (axios)',
      'token/shape/path with .json',
      'token/shape/X-Requested-With sent, no Accept',
      'token/shape/grant_type missing',
      'token/code/code empty',
      'api/none, no Accept',
    ],
  },
  {
    id: 'dottedsign.rails-headers.caching',
    behaviour:
      'Where no other Cache-Control is set: `max-age=0, private, must-revalidate` with a weak ETag on 200, ' +
      '`no-cache` on others. GET and HEAD with exactly this ETag in If-None-Match are answered 304.',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'api/header',
      'api/If-None-Match of its own ETag',
      'revoke/own access token',
      'revoke/by another client',
    ],
  },
  {
    id: 'dottedsign.rails-headers.request-id',
    behaviour: 'An X-Request-Id that was sent comes back without characters other than `A-Za-z0-9_@-`, at most 255.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/X-Request-Id sent', 'token/shape/X-Request-Id sent, odd characters'],
  },
  {
    id: 'dottedsign.pages.caching',
    behaviour:
      'Pages have `Cache-Control: max-age=0, private, must-revalidate`, and redirects `no-cache` with a body ' +
      'that links to the target; redirects between the pages of this server have `no-store`. ' +
      'With `no-store` both have `Cache-Control: no-store`.',
    field: 'pageCaching',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'authorize/headers of the consent page',
      'authorize/headers of an error page',
      'authorize/headers of the redirect with the code',
    ],
  },
  {
    id: 'dottedsign.paths.spelling',
    behaviour:
      'A slash at the end of a path, repeated slashes and a format at the end (`/oauth/token.json`) are accepted.',
    field: 'pathSpelling',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/shape/path with a trailing slash',
      'token/shape/path with .json',
      'token/shape/path with a double slash',
      'api/path with a trailing slash',
    ],
  },
  {
    id: 'dottedsign.paths.letters',
    behaviour: 'Other letter case and percent-encoded letters are other paths.',
    field: 'pathSpelling',
    source: 'Rails 6.1, actionpack/lib/action_dispatch/journey/router.rb: find_routes',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.paths.accept',
    behaviour:
      'An Accept header that is no list of media types, such as `json`, is 406 with an empty page and only ' +
      'X-Request-Id and X-Runtime, after the route was found. It is not read beside `format`, a format at the end of ' +
      "the path, or where it is a browser's.",
    field: 'acceptMalformed',
    source:
      'Rails 6.1, actionpack: mime_type.rb, mime_negotiation.rb, action_controller/metal/instrumentation.rb, ' +
      'public_exceptions.rb',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.paths.route-first',
    behaviour:
      'A path or method without a route is 404 before a body of broken JSON is 400. A Content-Type that is no media ' +
      'type is 406 at every route, also without a body.',
    field: 'unknownPaths',
    source:
      'Rails 6.1, actionpack: journey/router.rb, action_controller/metal/params_wrapper.rb; Rack 2.2, ' +
      'method_override.rb',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.paths.raw-bytes',
    behaviour: 'A URL with bytes outside ASCII is read as if they were percent-encoded.',
    field: 'rawBytesInUrl',
    source: `${measured}, on Puma`,
    confidence: 'MEASURED',
    measured: ['run: Doorkeeper 5.6.6, an answer that is not in the replay'],
  },
  {
    id: 'dottedsign.paths.unknown',
    behaviour:
      'A path or method without a route is 404 with only X-Request-Id and X-Runtime, before any token is looked at. ' +
      'The body has the format of the header Accept: `{"status":404,"error":"Not Found"}`; HTML is empty. ' +
      'With `explained` the answer says what is served.',
    field: 'unknownPaths',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'api/unknown path, no token',
      'method/GET /oauth/token',
      'method/GET /oauth/token, Accept json',
      'token/shape/json: malformed, Accept json',
    ],
  },
  {
    id: 'dottedsign.paths.error-formats',
    behaviour: 'The body of such an error is XML or YAML if the client accepts these first.',
    source: 'Rails 6.1, actionpack/lib/action_dispatch/middleware/public_exceptions.rb: render',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.api.scope-challenge',
    behaviour: 'The 403 for a missing scope has no WWW-Authenticate.',
    field: 'scopeChallenge',
    source: "Doorkeeper's class ForbiddenTokenResponse",
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.token.format',
    behaviour: 'Tokens and codes are 43 base64url characters: 32 bytes.',
    source: codeIgniter,
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'dottedsign.token.access-lifetime',
    behaviour: 'An access token is valid for 172800 s, the setting of the self-hosted edition.',
    field: 'accessTokenSeconds',
    source: settings,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.token.access-lifetime-cloud',
    behaviour:
      'In the cloud each application has its own lifetime. Here the policy field `accessToken` of the realm ' +
      'sets it.',
    field: 'accessTokenSeconds',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.code.lifetime',
    behaviour: 'A code is valid for 600 s.',
    field: 'codeSeconds',
    source: settings,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.code.replay',
    behaviour: 'A used code is refused, and the tokens of its first use stay valid. `true` revokes them.',
    field: 'replayRevokesTokens',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/code/replay'],
  },
  {
    id: 'dottedsign.refresh.lifetime',
    behaviour: 'A refresh token never expires.',
    field: 'refreshTokenSeconds',
    source: settings,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.refresh.pair',
    behaviour:
      'A refresh returns a new access token and a new refresh token. The old pair stays valid until the ' +
      'new access token is used, and the old refresh token can be used again until then.',
    field: 'refreshRotation',
    source: `${settings}: previous_refresh_token; run`,
    confidence: 'SEEN(d), MEASURED',
    measured: ['refresh/twice before use, then use', 'refresh/chain without use in between'],
  },
  {
    id: 'dottedsign.refresh.first-use',
    behaviour:
      'The first request with the new access token revokes both of the old ones: a call of an existing path, token ' +
      'info, or introspection with it in the header; also if the new token has expired or was revoked by then.',
    field: 'refreshRotation',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'refresh/twice before use, then use',
      'refresh/does it retire the old pair: introspection with it as the bearer',
      'refresh/does it retire the old pair: a path that there is not',
      'refresh/first use of the new token after its death',
    ],
  },
  {
    id: 'dottedsign.refresh.no-client',
    behaviour:
      'A refresh without any client authentication is refused as a grant of another client: 400 ' +
      '`invalid_grant`. With `client-refused` it is 401 `invalid_client`.',
    field: 'clientMissingAtRefresh',
    source: measured,
    confidence: 'MEASURED',
    measured: ['refresh/good token, no client'],
  },
  {
    id: 'dottedsign.refresh.scopes',
    behaviour: 'A refresh without `scope` reads the parameter `scopes`.',
    field: 'scopesAtRefresh',
    source: measured,
    confidence: 'MEASURED',
    measured: ['refresh/scopes instead of scope'],
  },
  {
    id: 'dottedsign.refresh.narrowed',
    behaviour:
      'A refresh with fewer scopes narrows the new refresh token as well: the next refresh cannot have the ' +
      'others back.',
    field: 'narrowedScope',
    source: measured,
    confidence: 'MEASURED',
    measured: ['refresh/narrower scope, then none, then the wide one'],
  },

  {
    id: 'dottedsign.error.headers',
    behaviour:
      'Token errors have `Cache-Control: no-store` and `WWW-Authenticate: Bearer realm="Doorkeeper", ' +
      'error="…", error_description="…"`. Their JSON body has error and error_description, and, if the ' +
      'error has a numeric code, error_code, error_message and error_key.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/grant_type missing', 'token/client/wrong secret, body'],
  },
  {
    id: 'dottedsign.error.order',
    behaviour:
      'Checked in this order: grant_type missing, grant unknown, code missing, code_verifier missing for a ' +
      'code with a ' +
      'challenge, redirect_uri missing, client, grant. With `client` the client comes first.',
    field: 'tokenChecksFirst',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/code/code missing, wrong secret',
      'token/code/wrong secret and redirect_uri missing',
      'token/shape/grant_type missing, wrong secret',
      'pkce/S256, missing verifier and wrong secret',
      'pkce/S256, missing verifier and wrong redirect_uri',
    ],
  },
  {
    id: 'dottedsign.error.state',
    behaviour:
      'The parameter `state` of a token request comes back with the errors grant_type missing, grant unknown, ' +
      'code missing and wrong password.',
    field: 'echoStateAtToken',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/shape/grant_type missing, with state',
      'token/shape/grant_type unknown, with state',
      'token/code/code missing, with state',
      'password/wrong password, with state',
    ],
  },
  {
    id: 'dottedsign.error.grant-missing',
    behaviour: 'No grant_type: 400 `invalid_request`, `Missing required parameter: grant_type.`, 400004.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/grant_type missing'],
  },
  {
    id: 'dottedsign.error.grant-unknown',
    behaviour: 'Unknown grant_type: 400 `unsupported_grant_type`, without a numeric code.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/grant_type implicit'],
  },
  {
    id: 'dottedsign.error.code-missing',
    behaviour: 'No code: 400 `invalid_request`, `Missing required parameter: code.`, 400004.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/code/code empty'],
  },
  {
    id: 'dottedsign.error.redirect-uri-missing',
    behaviour: 'No redirect_uri: 400 `invalid_request`, `Missing required parameter: redirect_uri.`, 400004.',
    field: 'redirectUriAtToken',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/code/redirect_uri missing'],
  },
  {
    id: 'dottedsign.error.client',
    behaviour: 'Unknown client, wrong secret or no client authentication: 401 `invalid_client`, 400005.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/client/unknown client, body', 'token/client/wrong secret, body'],
  },
  {
    id: 'dottedsign.error.grant',
    behaviour:
      'A code that is unknown, expired, used or issued to another client, or a different redirect URI: 400 ' +
      '`invalid_grant`, 401001, message `invalid grant`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/code/code unknown',
      'token/code/expired',
      'token/code/replay',
      'token/code/code of another client',
      'token/code/redirect_uri another registered one',
    ],
  },
  {
    id: 'dottedsign.error.refresh-before-client',
    behaviour:
      'An unknown or revoked refresh token and a wrong password are reported before a wrong secret: 400 ' +
      '`invalid_grant`.',
    field: 'tokenChecksFirst',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'refresh/token unknown, wrong secret',
      'refresh/revoked token, no client',
      'password/wrong password, wrong secret',
    ],
  },
  {
    id: 'dottedsign.error.refresh-wrong-secret',
    behaviour: 'A valid refresh token with a wrong secret: 401 `invalid_client`, 400005.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['refresh/good token, wrong secret'],
  },
  {
    id: 'dottedsign.error.refresh-other-client',
    behaviour: 'The refresh token of another client: 400 `invalid_grant`, 401001.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['refresh/revoked token, another client'],
  },
  {
    id: 'dottedsign.error.refresh-missing',
    behaviour: 'No refresh token: 400 `invalid_request`, `Missing required parameter: refresh_token.`, 400004.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['refresh/token missing'],
  },
  {
    id: 'dottedsign.error.scope',
    behaviour: 'A scope that is not allowed: 400 `invalid_scope`, 400008.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/client_credentials/scope unknown'],
  },
  {
    id: 'dottedsign.error.password',
    behaviour: 'A wrong password in the password grant: 400 `invalid_grant`, 401001.',
    field: 'errors',
    source: `${measured}; the repository's own specs`,
    confidence: 'MEASURED',
    measured: ['password/wrong password'],
  },
  {
    id: 'dottedsign.error.json',
    behaviour: 'Malformed JSON: 400 with an empty HTML body, or as JSON if the client accepts JSON alone.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/json: malformed, Accept json'],
  },
  {
    id: 'dottedsign.error.method',
    behaviour: 'GET at the token endpoint: 404, as for a route that does not exist.',
    field: 'tokenMethods',
    source: measured,
    confidence: 'MEASURED',
    measured: ['method/GET /oauth/token'],
  },
  {
    id: 'dottedsign.error.standard-members',
    behaviour: 'The cloud also sends `error_description`, in addition to the three members of DottedSign.',
    source: codeIgniter,
    confidence: 'SEEN(c×1)',
  },

  {
    id: 'dottedsign.api.error-format',
    behaviour:
      'API errors are `{"error_code":int,"error_message":str,"error_key":str}`; the first three digits ' +
      'of the code are the status.',
    source: 'error-handling page; the error_response gem',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.error-codes',
    behaviour:
      'The page lists 400002 invalid_token, 400003 invalid_member, 400005 invalid_client, 400008 invalid_scope and ' +
      '403002 invalid_action. By default the API sends what the settings of Doorkeeper give instead (401001, ' +
      '403001). It never sends 400417 invalid_params, because request bodies of the API are not checked.',
    field: 'errors',
    source: 'error-handling page',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.unauthorized',
    behaviour: 'Every API call with an expired access token is answered 401 Unauthorized.',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.expired',
    behaviour:
      'Expired access token: 401, `WWW-Authenticate: Bearer realm="Doorkeeper", error="invalid_token", ' +
      'error_description="The access token expired"`, `{"error_code":401001,"error_message":"invalid grant: ' +
      'The access token expired","error_key":"invalid_grant"}`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['api/expired'],
  },
  {
    id: 'dottedsign.api.revoked',
    behaviour: 'Revoked access token: the same with `The access token was revoked`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['api/expired and revoked'],
  },
  {
    id: 'dottedsign.api.unknown',
    behaviour: 'Unknown access token, or none: the same with `The access token is invalid`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['api/unknown', 'api/none'],
  },
  {
    id: 'dottedsign.api.scope',
    behaviour: 'The access token lacks a needed scope: 403, 403001.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['run: Doorkeeper 5.6.6, an answer that is not in the replay'],
  },
  {
    id: 'dottedsign.api.scope-words',
    behaviour:
      'Its body: `{"error_code":403001,"error_message":"doorkeeper_forbidden: Access to this resource requires scope ' +
      '\\"…\\".","error_key":"doorkeeper_forbidden"}`.',
    field: 'errors',
    source:
      'DottedSign-Official/dottedsign-self-hosted, error_403.yml, application_controller.rb; Doorkeeper 5.5.3 and ' +
      'newer, forbidden_token_response.rb',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.api.query-token',
    behaviour: 'The token may come in the query, a form or JSON too.',
    field: 'bearerIn',
    source: measured,
    confidence: 'MEASURED',
    measured: ['api/query', 'api/POST, token in the form', 'api/POST, token in JSON'],
  },
  {
    id: 'dottedsign.api.header',
    behaviour:
      'Everything after `Bearer`, in any letter case, and one space is the token: with two spaces it is ' +
      'unknown. Any other Authorization header is passed over, and the parameters count.',
    field: 'bearerHeader',
    source: measured,
    confidence: 'MEASURED',
    measured: ['api/two blanks', 'api/bearer in small letters', 'api/Basic header, query right'],
  },
  {
    id: 'dottedsign.api.parameters',
    behaviour: '`bearer_token` is read where `access_token` was not sent.',
    field: 'bearerParameters',
    source: measured,
    confidence: 'MEASURED',
    measured: ['api/bearer_token in the query'],
  },
  {
    id: 'dottedsign.api.twice',
    behaviour: 'Of several tokens the first counts: header, `access_token`, `bearer_token`.',
    field: 'bearerTwice',
    source: measured,
    confidence: 'MEASURED',
    measured: ['api/header right, query wrong', 'api/header wrong, query right'],
  },
  {
    id: 'dottedsign.api.path-first',
    behaviour: 'An unknown path is 404 with and without a token, and does not count as a use of the token.',
    field: 'apiChecksFirst',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'api/unknown path, no token',
      'api/unknown path, token',
      'refresh/does it retire the old pair: a path that there is not',
    ],
  },
  {
    id: 'dottedsign.api.self-hosted',
    behaviour:
      'The self-hosted edition answers a missing access token with 400, 400002, and an unknown one with ' +
      '400, 400003: `errors: { bearer.missing: { status: 400, error: invalid_token }, bearer.unknown: { ' +
      'status: 400, error: invalid_member } }`.',
    field: 'errors',
    source: "DottedSign-Official/dottedsign-self-hosted, the backend's code",
    confidence: 'SEEN(d), MEASURED',
    measured: ['run: the backend of the self-hosted edition'],
  },
  {
    id: 'dottedsign.api.expiry-unchecked',
    behaviour:
      'The expiry of access tokens is checked. The self-hosted edition does not check it: `false`. The scenario ' +
      '`dottedsign-self-hosted` has this and the rows below.',
    field: 'accessTokenExpiryChecked',
    source: "DottedSign-Official/dottedsign-self-hosted, the backend's code",
    confidence: 'SEEN(d), MEASURED',
    measured: ['run: the backend of the self-hosted edition'],
  },
  {
    id: 'dottedsign.api.revocation-unchecked',
    behaviour: 'The self-hosted edition serves revoked access tokens: `false`.',
    field: 'accessTokenRevocationChecked',
    source: "DottedSign-Official/dottedsign-self-hosted, the backend's code",
    confidence: 'SEEN(d), MEASURED',
    measured: ['run: the backend of the self-hosted edition'],
  },
  {
    id: 'dottedsign.api.first-use-elsewhere',
    behaviour: 'Use of a new access token at the API of the self-hosted edition retires nothing.',
    field: 'previousRetiredBy',
    source: "DottedSign-Official/dottedsign-self-hosted, the backend's code",
    confidence: 'SEEN(d), MEASURED',
    measured: ['run: the backend of the self-hosted edition'],
  },
  {
    id: 'dottedsign.api.rails-token',
    behaviour:
      'The self-hosted edition takes the token from `Authorization: Bearer` in this letter case alone. A token in ' +
      'the query, or after `bearer`, is 400 400002 without WWW-Authenticate.',
    field: 'bearerHeader',
    source: "DottedSign-Official/dottedsign-self-hosted, the backend's code",
    confidence: 'SEEN(d), MEASURED',
    measured: ['run: the backend of the self-hosted edition'],
  },
  {
    id: 'dottedsign.api.rails-token-forms',
    behaviour: 'There, `Token` stands for `Bearer`; `token=` and quotes are taken off, and the text ends at a comma.',
    field: 'bearerHeader',
    source: 'Rails 6.1, action_controller/metal/http_authentication.rb: Token.token_and_options',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.api.scope-unchecked',
    behaviour: 'The self-hosted edition asks for no scope: `false`.',
    field: 'accessTokenScopeChecked',
    source: 'DottedSign-Official/dottedsign-self-hosted, backend/app/controllers/application_controller.rb',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.empty-body',
    behaviour: "Stock Doorkeeper's empty 401 body is not emulated: DottedSign overrides it.",
    source: measured,
    confidence: 'MEASURED',
    measured: ['api/none'],
  },
  {
    id: 'dottedsign.api.rate',
    behaviour: 'Too many calls are answered 429. The limit is assumed: none until `callsPerSecond` sets one.',
    field: 'callsPerSecond',
    source: 'error-handling page',
    confidence: 'GUESS',
  },
  {
    id: 'dottedsign.api.sign-tasks',
    behaviour:
      '`GET /v1/sign_tasks/list`, `POST /v1/sign_tasks`, `GET /v1/sign_tasks/read`, ' +
      '`/v1/templates/list`, `/v1/sign_tasks/share_link`, `/v1/sign_tasks/audit_trails` answer ' +
      '`{"data":{…}}`.',
    source: `${codeIgniter}; documentation`,
    confidence: 'SEEN(d), SEEN(c×1)',
  },
  {
    id: 'dottedsign.api.links',
    behaviour:
      '`GET /v1/sign_tasks/share_link` answers `{"data":{"share_link":"…"}}`; `GET /v1/sign_tasks/download_link` has ' +
      'the links in `data.task.attachment.attachment_compressed`.',
    source: codeIgniter,
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'dottedsign.api.members-me',
    behaviour:
      '`GET /api/v1/members/me` answers `{"data":{id, group_id, name, email, phone_code, phone_number, ' +
      'unconfirmed_email, created_at, language, icon_url, is_registered, is_admin, confirmed, preference, ' +
      'profile, current_permission}}`. `id` is a number that differs for each user.',
    source: `${openApi}; frontend`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.paging',
    behaviour:
      '`sign_tasks/list` accepts `page`, assumed to count from 1, and `per_page`. After the last page ' +
      '`tasks` is empty.',
    source: codeIgniter,
    confidence: 'GUESS',
  },
  {
    id: 'dottedsign.api.self-hosted-calls',
    behaviour:
      '`GET /api/v1/sign_tasks/{id}`, `POST /api/v1/sign_tasks`, `GET /api/v1/templates`, `GET ' +
      '/api/v1/developer/tasks` are served. The other calls of the 52 OpenAPI files are not emulated: 404, ' +
      'unless a scenario has a stub for them.',
    source: openApi,
    confidence: 'SEEN(d)',
  },

  {
    id: 'dottedsign.revoke.own',
    behaviour: '`POST /oauth/revoke` with a token of the client, or with an unknown token: 200 `{}`.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['revoke/own access token', 'revoke/own refresh token', 'revoke/unknown token'],
  },
  {
    id: 'dottedsign.revoke.unauthorized',
    behaviour:
      '`POST /oauth/revoke` without client authentication, or by another client: 403 ' +
      '`{"error":"unauthorized_client","error_description":"You are not authorized to revoke this token"}`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['revoke/by another client', 'revoke/wrong secret'],
  },
  {
    id: 'dottedsign.revoke.token-missing',
    behaviour: 'Revocation without a token is 200 `{}`; introspection without one answers `{"active":false}`.',
    field: 'tokenParameterMissing',
    source: measured,
    confidence: 'MEASURED',
    measured: ['revoke/token missing', 'introspect/missing'],
  },
  {
    id: 'dottedsign.revoke.hint',
    behaviour: 'With `token_type_hint=refresh_token` an access token is not found. Any other hint is ignored.',
    field: 'tokenTypeHint',
    source: measured,
    confidence: 'MEASURED',
    measured: ['revoke/access token with hint refresh_token', 'revoke/unknown hint'],
  },
  {
    id: 'dottedsign.revoke.expired',
    behaviour: 'After the access token has expired, revocation of either token of the pair is 200 and changes nothing.',
    field: 'revokeExpired',
    source: measured,
    confidence: 'MEASURED',
    measured: ['revoke/the refresh token of an expired access token'],
  },
  {
    id: 'dottedsign.revoke.public',
    behaviour: 'Any authenticated client may revoke the tokens of a public client.',
    field: 'revokePublicTokens',
    source: measured,
    confidence: 'MEASURED',
    measured: ["revoke/public client's token by a confidential client"],
  },
  {
    id: 'dottedsign.introspect.live',
    behaviour:
      '`POST /oauth/introspect` of a valid token: `{active:true, scope, client_id, token_type, exp, ' + 'iat}`.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['introspect/own access token'],
  },
  {
    id: 'dottedsign.introspect.dead',
    behaviour: '`POST /oauth/introspect` of an invalid or unknown token: `{"active":false}`.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['introspect/a revoked one'],
  },
  {
    id: 'dottedsign.introspect.unauthorized',
    behaviour:
      'Without client credentials and without a known access token in the header: 400 `invalid_request`; with wrong ' +
      'credentials 401 `invalid_client`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['introspect/no client', 'introspect/unknown client'],
  },
  {
    id: 'dottedsign.introspect.bearer',
    behaviour:
      'The bearer of another access token of the same client may ask as well. The token itself, an expired or ' +
      'revoked one, or one of another client: 401 `invalid_token`.',
    field: 'introspectionBy',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'introspect/by another token of the same client',
      'introspect/by itself as the bearer',
      'introspect/by a revoked bearer',
    ],
  },
  {
    id: 'dottedsign.introspect.own',
    behaviour: 'A client is told `{"active":false}` of the tokens of others.',
    field: 'introspectionOf',
    source: measured,
    confidence: 'MEASURED',
    measured: ["introspect/another client's"],
  },
  {
    id: 'dottedsign.introspect.refresh',
    behaviour: 'A refresh token is described as its access token: with its `exp`, and inactive after it.',
    field: 'refreshTokenIntrospectedAs',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'introspect/own refresh token',
      'introspect/exp is the life of the access token, for both',
      'introspect/the refresh token of an expired one',
    ],
  },
  {
    id: 'dottedsign.token-info.live',
    behaviour:
      '`GET /oauth/token/info` of a valid token: `{resource_owner_id, scope[], expires_in, ' +
      'application{uid}, created_at}`.',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token info/live, below /v1', 'token info/of a client'],
  },
  {
    id: 'dottedsign.token-info.bad',
    behaviour:
      'Of a bad one: 401 `{error:"invalid_token", error_description, state:"unauthorized", ' +
      'app_code:4000, error_code:400002, error_message, error_key}`. It always says that the token is invalid, also ' +
      'of an expired or revoked one.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token info/none', 'token info/expired'],
  },
  ...dottedsignReadingFacts,
];
