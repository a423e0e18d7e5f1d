import type { Fact } from './provider.js';

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
      'Authorization code, refresh, client_credentials. The self-hosted edition has the password grant ' +
      'too: add `password` to `grants`.',
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
    behaviour: 'The password grant calls its username `email`, and ignores `provider=ldap`.',
    field: 'passwordGrantUsername',
    source: `${openApi}openapi/paths/oauth.yml`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.self-hosted.refresh-path',
    behaviour:
      '`/oauth/token/refresh`, which only the OpenAPI text names, is a token endpoint like ' +
      '`/oauth/token`, which the frontend uses.',
    source: `${openApi}; frontend/server.js`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.neighbours',
    behaviour: "Doorkeeper's `/oauth/revoke`, `/oauth/introspect` and `/oauth/token/info` are there, below `/v1` too.",
    source: doorkeeper,
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.client.ids',
    behaviour:
      'A client id and secret of 43 base64url characters, or of 64 hexadecimal digits as in the ' +
      'published seeds, are taken like any other.',
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
    behaviour: 'Assumed: no CORS headers. With `true` there are.',
    field: 'cors',
    source: noSource,
    confidence: 'GUESS',
  },

  {
    id: 'dottedsign.authorize.request',
    behaviour:
      '`GET /v1/oauth/authorize` needs `client_id`, `response_type=code` and `redirect_uri`, always; ' +
      '`scope` is optional.',
    field: 'redirectUriRequired',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.authorize.several-redirect-uris',
    behaviour: 'With several registered redirect URIs one must be named, and the same in both steps.',
    field: 'redirectUriAtToken',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.authorize.embedded-signing',
    behaviour: 'The scope `embedded_signing` is not open to a code, only to client_credentials.',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.authorize.scope-omitted',
    behaviour: 'Without `scope`, default scopes are granted: all that are open. With `refused` the request is.',
    field: 'scopeWhenOmitted',
    source: 'API-scopes page: scope is optional',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.login',
    behaviour: 'Who is not logged in is sent by 302 to a login page.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.login-page',
    behaviour: 'The login page is our own; its fields are assumed to be `username` and `password`.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'dottedsign.authorize.errors',
    behaviour:
      'Unknown client, bad redirect URI, response type or scope: an HTML page with status 200, never a redirect.',
    field: 'authorizeRefusals',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.errors-newer',
    behaviour: 'Since Doorkeeper 5.6.7 that page has status 400 or 401: `as-the-error`.',
    field: 'refusalPageStatus',
    source: doorkeeper,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.errors-redirected',
    behaviour:
      'A redirected refusal carries `error`, `error_description`, `state`, `error_code`, ' +
      '`error_message`, `error_key`. Doorkeeper does so when a bad scope is posted from the consent ' +
      'form; here nothing in that form is believed, and `redirect` shows it.',
    field: 'authorizeRefusals',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.consent',
    behaviour:
      'The consent form posts client_id, redirect_uri, state, response_type, response_mode=query, scope, ' +
      'code_challenge, code_challenge_method and `commit=Authorize`; the deny form `_method=delete`.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.undecided',
    behaviour:
      'A consent form without `client_id` grants nothing. Doorkeeper, which rebuilds the request from ' +
      'the form, refuses it on an error page; here the page is shown again.',
    source: doorkeeper,
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.authorize.approve',
    behaviour: 'Approval redirects by 302 to `<redirect_uri>?code=<43 characters>&state=<state>`.',
    field: 'redirectStatus',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.deny',
    behaviour: 'Denial redirects by 302 with `error=access_denied`, `error_description`, `state`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.consent-skipped',
    behaviour:
      'The consent page is skipped while a token of the same client, user and scopes is valid. With ' +
      '`always` it is shown each time.',
    field: 'consent',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.redirect-match',
    behaviour: 'A redirect URI must be exact, except the order of its query and the port of a loopback address.',
    field: 'redirectUriMatching',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.authorize.pkce',
    behaviour: 'PKCE works, plain and S256. With `ignored` or `required` otherwise.',
    field: 'pkce',
    source: measured,
    confidence: 'MEASURED',
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
      'client_credentials accepts `scope`. The token acts for the creator of the application: the first ' + 'user.',
    source: 'client-credentials page; Postman collection',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.token.no-refresh-token',
    behaviour: 'The answer to client_credentials has no refresh_token.',
    field: 'refreshTokenIssued',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.token.json',
    behaviour: 'The body may be JSON or form.',
    field: 'tokenBodyTypes',
    source: `${codeIgniter}; self-hosted frontend/server.js`,
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'dottedsign.token.places',
    behaviour: 'Parameters are read from form, JSON or query.',
    field: 'tokenParametersIn',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.token.client-places',
    behaviour: 'The client authenticates by Basic or by parameters.',
    field: 'clientCredentialsIn',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.token.client-twice',
    behaviour: 'Both at once are assumed to be accepted, if they agree. With `refused` they are not.',
    field: 'clientCredentialsTwice',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'dottedsign.token.members',
    behaviour:
      'Success is 200 with `access_token`, `token_type`, `expires_in`, `refresh_token`, `scope`, ' +
      '`created_at` (Unix seconds, an integer), in this order; a blank scope is left out.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.token.type',
    behaviour: '`token_type` is `Bearer`.',
    source: `${doorkeeper}; ${openApi}`,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.token.for-app',
    behaviour:
      "The member `for_app` of the self-hosted edition's `members/login` is not emulated, and neither is that call.",
    source: openApi,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.token.headers',
    behaviour: '`Cache-Control: no-store`, `Content-Type: application/json; charset=utf-8`, a weak ETag, no Pragma.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.rails-headers',
    behaviour:
      'Every answer has X-Frame-Options, X-XSS-Protection, X-Content-Type-Options, X-Download-Options, ' +
      'X-Permitted-Cross-Domain-Policies, Referrer-Policy, X-Request-Id, X-Runtime, Vary: Accept.',
    source: measured,
    confidence: 'MEASURED',
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
    behaviour: "The cloud sets the lifetime for each application: here it is the realm's policy `accessToken`.",
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
    behaviour: 'A used code is refused, and its tokens stay valid. With `true` they are revoked.',
    field: 'replayRevokesTokens',
    source: measured,
    confidence: 'MEASURED',
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
  },
  {
    id: 'dottedsign.refresh.first-use',
    behaviour: 'The first use of the new access token at an API revokes both of the old ones.',
    field: 'refreshRotation',
    source: measured,
    confidence: 'MEASURED',
  },

  {
    id: 'dottedsign.error.headers',
    behaviour:
      'Token errors have `Cache-Control: no-store` and `WWW-Authenticate: Bearer realm="Doorkeeper", ' +
      'error="…", error_description="…"`, and a JSON body of error, error_description, and where there ' +
      'is one error_code, error_message, error_key.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.order',
    behaviour:
      'Checked in this order: grant_type missing, grant unknown, code missing, redirect_uri missing, ' +
      'client, grant. With `client` the client comes first.',
    field: 'tokenChecksFirst',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.grant-missing',
    behaviour: 'No grant_type: 400 `invalid_request`, `Missing required parameter: grant_type.`, 400004.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.grant-unknown',
    behaviour: 'Unknown grant: 400 `unsupported_grant_type`, without a code.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.code-missing',
    behaviour: 'No code: 400 `invalid_request`, `Missing required parameter: code.`, 400004.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.redirect-uri-missing',
    behaviour: 'No redirect_uri: 400 `invalid_request`, `Missing required parameter: redirect_uri.`, 400004.',
    field: 'redirectUriAtToken',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.client',
    behaviour: 'Client unknown, wrong secret or absent: 401 `invalid_client`, 400005.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.grant',
    behaviour:
      "Code unknown, expired, used or another client's, redirect URI that differs: 400 `invalid_grant`, " +
      '401001, message `invalid grant`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.refresh-before-client',
    behaviour: 'An unknown refresh token is reported before a wrong secret: 400 `invalid_grant`.',
    field: 'tokenChecksFirst',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.refresh-wrong-secret',
    behaviour: 'A valid refresh token with a wrong secret: 401 `invalid_client`, 400005.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.refresh-other-client',
    behaviour: 'The refresh token of another client: 400 `invalid_grant`, 401001.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.refresh-missing',
    behaviour: 'No refresh token: 400 `invalid_request`, `Missing required parameter: refresh_token.`, 400004.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.scope',
    behaviour: 'A scope that is too wide: 400 `invalid_scope`, 400008.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.password',
    behaviour: 'A wrong password in the password grant: 400 `invalid_grant`, 401001.',
    field: 'errors',
    source: `${measured}; the repository's own specs`,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.json',
    behaviour: 'Malformed JSON: 400 with empty HTML.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.method',
    behaviour: 'GET at the token endpoint: 404, as for a route that does not exist.',
    field: 'tokenMethods',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.error.standard-members',
    behaviour: 'The cloud too sends `error_description` beside its own three members.',
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
      '400002 invalid_token, 400003 invalid_member, 400005 invalid_client, 400008 invalid_scope, 403002 ' +
      "invalid_action are answered where they belong; 400417 invalid_params never is, because the API's " +
      'bodies are not checked.',
    field: 'errors',
    source: 'error-handling page',
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.unauthorized',
    behaviour: 'An expired access token answers 401 Unauthorized to all API calls.',
    source: pages,
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.expired',
    behaviour:
      'Expired: 401, `WWW-Authenticate: Bearer realm="Doorkeeper", error="invalid_token", ' +
      'error_description="The access token expired"`, `{"error_code":401001,"error_message":"invalid ' +
      'grant: The access token expired","error_key":"invalid_grant"}`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.api.revoked',
    behaviour: 'Revoked: the same with `The access token was revoked`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.api.unknown',
    behaviour: 'Unknown, or none at all: the same with `The access token is invalid`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.api.scope',
    behaviour: 'Scope lacking: 403, 403001.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.api.query-token',
    behaviour: '`?access_token=` is accepted too.',
    field: 'bearerIn',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.api.self-hosted',
    behaviour:
      "The self-hosted edition's own answers: none 400, 400002; unknown 400, 400003: `errors: { " +
      'bearer.missing: { status: 400, error: invalid_token }, bearer.unknown: { status: 400, error: ' +
      'invalid_member } }`.',
    field: 'errors',
    source: "DottedSign-Official/dottedsign-self-hosted, the backend's code",
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.expiry-unchecked',
    behaviour: 'Expiry is checked. The self-hosted edition does not: `false`.',
    field: 'accessTokenExpiryChecked',
    source: "DottedSign-Official/dottedsign-self-hosted, the backend's code",
    confidence: 'SEEN(d)',
  },
  {
    id: 'dottedsign.api.empty-body',
    behaviour: "Stock Doorkeeper's empty 401 body is not emulated: DottedSign overrides it.",
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.api.rate',
    behaviour: 'Too many calls answer 429; its figures are assumed and off until `callsPerSecond` sets them.',
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
    id: 'dottedsign.api.members-me',
    behaviour:
      '`GET /api/v1/members/me` answers `{"data":{id, group_id, name, email, phone_code, phone_number, ' +
      'unconfirmed_email, created_at, language, icon_url, is_registered, is_admin, confirmed, ' +
      'preference, profile, current_permission}}`; `id` is a number of its own for each person.',
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
      '/api/v1/developer/tasks` answer; the rest of its 52 files is not emulated: 404, or a stub.',
    source: openApi,
    confidence: 'SEEN(d)',
  },

  {
    id: 'dottedsign.revoke.own',
    behaviour: '`POST /oauth/revoke` of an own or an unknown token: 200 `{}`.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.revoke.unauthorized',
    behaviour:
      'No client or a wrong one: 403 `{"error":"unauthorized_client","error_description":"You are not ' +
      'authorized to revoke this token"}`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.introspect.live',
    behaviour:
      '`POST /oauth/introspect` of a valid token: `{active:true, scope, client_id, token_type, exp, ' + 'iat}`.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.introspect.dead',
    behaviour: 'Of an invalid or unknown token: `{"active":false}`.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.introspect.unauthorized',
    behaviour: 'Without client authentication: 400 `invalid_request`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.token-info.live',
    behaviour:
      '`GET /oauth/token/info` of a valid token: `{resource_owner_id, scope[], expires_in, ' +
      'application{uid}, created_at}`.',
    source: measured,
    confidence: 'MEASURED',
  },
  {
    id: 'dottedsign.token-info.bad',
    behaviour:
      'Of a bad one: 401 `{error:"invalid_token", error_description, state:"unauthorized", ' +
      'app_code:4000, error_code:400002, error_message, error_key}`.',
    field: 'errors',
    source: measured,
    confidence: 'MEASURED',
  },
];
