import type { Fact } from './provider.js';

const samples = "MailUp's rest-samples (php, python, java, csharp, js, objective-c)";
const statusPage = "MailUp's help page on API status codes";
const noSource = 'no source';

/** Facts about MailUp, and assumptions where nothing is known. A test names each fact by its id. */
export const mailupFacts: readonly Fact[] = [
  {
    id: 'mailup.host',
    behaviour: 'Answers on the Host `services.mailup.com` with the bare paths.',
    source: samples,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.path.letter-case',
    behaviour: 'Letter case in paths does not matter. With `exact` it does.',
    field: 'pathLetterCase',
    source: 'IIS, on which the service runs',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.grants',
    behaviour:
      'Authorization code, resource-owner password and refresh; no implicit, no client_credentials ' +
      '(`unsupported_grant_type`).',
    field: 'grants',
    source: 'help page 36341777',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.endpoints.absent',
    behaviour: 'There is no revocation, introspection or discovery endpoint: assumed 404.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.scope',
    behaviour: 'There are no scopes: a `scope` parameter is ignored, and none is answered.',
    field: 'scopeParameter',
    source: 'help pages and all clients',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.pkce',
    behaviour:
      '`code_challenge` and `code_verifier` are assumed to be ignored. `optional` and `required` switch PKCE on.',
    field: 'pkce',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.client.uuid',
    behaviour: 'Client ids and secrets are UUIDs with hyphens; any other text is taken as well.',
    source: samples,
    confidence: 'SEEN(d)',
  },

  {
    id: 'mailup.authorize.flow',
    behaviour:
      '`GET /Authorization/OAuth/LogOn` leads to a login page, a confirmation page and a 302 to the ' +
      'client with `code`.',
    field: 'interaction',
    source: `${samples}; help page 36341777`,
    confidence: 'SEEN(d), SEEN(c×10)',
  },
  {
    id: 'mailup.authorize.second-path',
    behaviour: '`/Authorization/OAuth/Authorization` without a username begins the same interactive flow.',
    source: 'a connector list names it as the authorize URL',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.authorize.direct-code',
    behaviour:
      'With `username` and `password` in the query the answer is 200 `{"code":"…"}` and no redirect, as ' +
      'until October 2013.',
    field: 'passwordAtAuthorize',
    source: 'git history of rest-samples-php, -csharp and -java',
    confidence: 'SEEN(d, old)',
  },
  {
    id: 'mailup.authorize.direct-code-refused',
    behaviour: 'A wrong password or client there is assumed to give 400 in the JSON format of the token ' + 'endpoint.',
    field: 'errors',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.authorize.secret-in-url',
    behaviour: 'The URL may contain `client_secret`.',
    source: `${samples}; caereservices/mailup; Pirosauro/MailUp`,
    confidence: 'SEEN(d), SEEN(c×7)',
  },
  {
    id: 'mailup.authorize.secret-optional',
    behaviour: '`client_secret` may be left out.',
    source: 'codemaster-mailup-bundle, omniauth-mailup, a WordPress integration plug-in',
    confidence: 'SEEN(c×3)',
  },
  {
    id: 'mailup.authorize.secret-wrong',
    behaviour: 'A wrong `client_secret` in the URL is assumed to be refused on a page, 400 `invalid_client`.',
    field: 'errors',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.authorize.raw-redirect-uri',
    behaviour: 'A `redirect_uri` that is not percent-encoded is taken; from its own first `&` on it is lost.',
    source: `${samples} send it raw; Pirosauro/MailUp encodes it`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.authorize.post',
    behaviour: 'POST to LogOn works, form-encoded or multipart.',
    source: 'scigoli/test-postman',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.authorize.token-type',
    behaviour: 'The redirect carries `code`, then `token_type=bearer`.',
    field: 'tokenTypeInRedirect',
    source: 'codemaster-mailup-bundle, AuthController',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.authorize.state',
    behaviour: '`state` is not echoed. With `true` it is.',
    field: 'echoState',
    source: 'omniauth-mailup (2013) switches state checking off',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.authorize.errors',
    behaviour:
      'Refusals answer 400 on a page, or as JSON `{"error","error_description"}` to `Accept: ' +
      'application/json`; once client and redirect URI are trusted they go back in the query of the ' +
      'redirect. With `page` they stay.',
    field: 'authorizeRefusals',
    source: 'help pages, older and newer revisions',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.authorize.form-encoded',
    behaviour: 'The form-encoded error body that the help page also names is not emulated: JSON or a page is answered.',
    source: 'help pages, older and newer revisions',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.authorize.undecided',
    behaviour: 'A consent form that says neither yes nor no grants nothing; that the page is shown again is assumed.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.authorize.pages',
    behaviour: 'The pages are our own; their fields are assumed to be `username` and `password`.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.redirect-uri.matching',
    behaviour:
      'A redirect URI is assumed to need registration; its query may have more than was registered. ' +
      '`exact` compares every character.',
    field: 'redirectUriMatching',
    source: 'no source; omniauth-mailup needs it lenient',
    confidence: 'GUESS',
  },

  {
    id: 'mailup.token.methods',
    behaviour: '`/Authorization/OAuth/Token` accepts GET and POST; other methods give 405.',
    field: 'tokenMethods',
    source: 'all clients',
    confidence: 'SEEN(d), SEEN(c×15)',
  },
  {
    id: 'mailup.token.parameters',
    behaviour: 'Parameters are accepted in the query, also with an empty body, or in a form body.',
    field: 'tokenParametersIn',
    source: `${samples}; WyrmxD/mailup-lib; thundersystems/pymailup`,
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'mailup.token.code-alone',
    behaviour:
      'A code is exchanged by GET with `code` and `grant_type` alone: no client, no redirect_uri. ' +
      '`required` wants the client.',
    field: 'clientAtCodeExchange',
    source: `${samples}; caereservices, Pirosauro, taniot, grptx, MaxDovere, codemaster-bundle`,
    confidence: 'SEEN(c×8+)',
  },
  {
    id: 'mailup.token.code-credentials',
    behaviour: 'Client credentials sent with the code, in query, body or Basic, are accepted and must then be right.',
    field: 'clientCredentialsIn',
    source: 'help page 36341777: the client sends its credentials and the code',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.code-basic-query',
    behaviour: 'A code is exchanged by POST with everything in the query, an empty form body and a Basic header.',
    source: 'a WordPress integration plug-in',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.token.code-redirect-uri',
    behaviour: '`redirect_uri` may be left out with the code; where it is sent it is compared.',
    field: 'redirectUriAtToken',
    source: samples,
    confidence: 'SEEN(c×8+)',
  },
  {
    id: 'mailup.token.code-redirect-uri-query',
    behaviour:
      "The `redirect_uri` sent with the code may carry the callback's own `?code=…&token_type=bearer`. " +
      'With `exact` it may not.',
    field: 'redirectUriAtTokenMatching',
    source: 'omniauth-mailup / ruby-oauth2',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.token.password-body-and-basic',
    behaviour:
      'The password grant accepts credentials in the body and in Basic together, if they are equal. ' +
      'With `refused` it does not.',
    field: 'clientCredentialsTwice',
    source: samples,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.password-schemeless-basic',
    behaviour: 'An Authorization header of bare base64 without the word Basic is read as Basic.',
    field: 'basicWithoutScheme',
    source: 'rest-samples-objective-c',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.password-basic',
    behaviour: 'The password grant accepts credentials in Basic alone.',
    source: 'simobasso/djangomailup, another test tool',
    confidence: 'SEEN(c×2)',
  },
  {
    id: 'mailup.token.password-body',
    behaviour: 'The password grant accepts credentials in the body alone.',
    source: 'caereservices, Pirosauro, mlocati',
    confidence: 'SEEN(c×3)',
  },
  {
    id: 'mailup.token.password-query',
    behaviour: 'The password grant accepts all parameters in the query, also unknown ones.',
    source: 'WyrmxD/mailup-lib, thundersystems/pymailup',
    confidence: 'SEEN(c×2)',
  },
  {
    id: 'mailup.token.password-query-basic',
    behaviour: 'The password grant accepts its parameters in the query and the client in Basic.',
    source: 'codemaster-mailup',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.token.refresh-body',
    behaviour: 'A refresh accepts credentials in the form body, without Basic.',
    source: samples,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.refresh-basic',
    behaviour: 'A refresh accepts Basic without a `client_id` parameter.',
    source: 'fazland, MaxDovere, codemaster-mailup',
    confidence: 'SEEN(c×3)',
  },
  {
    id: 'mailup.token.refresh-query',
    behaviour: 'A refresh accepts all parameters in the query.',
    source: 'WyrmxD/mailup-lib, thundersystems/pymailup',
    confidence: 'SEEN(c×2)',
  },
  {
    id: 'mailup.token.accept',
    behaviour: 'The answer is JSON, independent of the Accept header.',
    source: 'all clients',
    confidence: 'SEEN(c×15)',
  },

  {
    id: 'mailup.token.members',
    behaviour:
      'Success is 200 with exactly `access_token`, `expires_in` (an integer), `refresh_token`, in this ' +
      'order: no token_type, no scope.',
    source: 'captured answers in Pirosauro/MailUp and WyrmxD/mailup-lib; help page examples',
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'mailup.token.compact',
    behaviour: 'The JSON has no blanks, and a number is followed by a comma or a brace.',
    source: 'rest-samples-csharp, MailUpClient.cs',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.headers',
    behaviour:
      'Assumed: `Content-Type: application/json; charset=utf-8`, and neither Cache-Control nor Pragma ' +
      'nor WWW-Authenticate.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.token.expires-in',
    behaviour:
      'An access token is valid for 3600 s, by the current page. Answers captured in 2016–2018 and the ' +
      'older page have 900: `accessToken: 15m`.',
    field: 'accessTokenSeconds',
    source: 'help page revisions; WyrmxD; Pirosauro; mlocati',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.alphabet',
    behaviour:
      'Access and refresh tokens are 128 characters: 64 bytes, each as two digits of `0-9A-Za-z`, the ' +
      'first of which is 0 to 4, and after a 4 the second at most 7.',
    source: 'four published sample tokens, measured',
    confidence: 'SEEN(c×2)',
  },
  {
    id: 'mailup.token.invalid-client',
    behaviour:
      'Bad client credentials: `{"error":"invalid_client","error_description":"Client credentials are invalid"}`.',
    field: 'errors',
    source: 'djangomailup fixture',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.token.never-401',
    behaviour: 'A failure at Token is 400 and never 401.',
    field: 'errors',
    source: 'openpolis/mailupy commit 6904dc1; help page',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.token.wrong-password',
    behaviour: 'A wrong user password: 400 `invalid_grant`; the text is assumed.',
    field: 'errors',
    source: 'help page; openpolis/mailupy',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.token.bad-code',
    behaviour: 'A bad, used or expired code: 400 `invalid_grant`; the texts are assumed.',
    field: 'errors',
    source: 'help page: 400',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.token.bad-refresh',
    behaviour: 'A malformed or unknown refresh token: 400 with a description; its text is assumed.',
    field: 'errors',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.dead-refresh',
    behaviour:
      'An expired or revoked refresh token: 400. The page can be read as 401: `errors: { ' +
      'refresh.expired: { status: 401 }, refresh.revoked: { status: 401 } }`.',
    field: 'errors',
    source: `${statusPage}, ambiguous; mailupy recurses without end on a 401`,
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.token.missing-parameter',
    behaviour: 'A missing parameter: 400 `invalid_request`; the texts are assumed.',
    field: 'errors',
    source: 'help page: 400',
    confidence: 'SEEN(d)',
  },

  {
    id: 'mailup.code.time-limited',
    behaviour: 'A code is time-limited.',
    field: 'codeSeconds',
    source: 'help page 36341777',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.code.lifetime',
    behaviour: 'Its lifetime is assumed: 600 s.',
    field: 'codeSeconds',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.code.format',
    behaviour: 'Assumed: 32 characters `[0-9A-Za-z]`.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.code.single-use',
    behaviour: 'A code works once.',
    source: 'help page: use it at once, never store it',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.code.replay',
    behaviour:
      'A second use of a code is assumed to revoke the tokens of the first one. With `false` it does ' + 'not.',
    field: 'replayRevokesTokens',
    source: 'RFC 6749 §4.1.2',
    confidence: 'GUESS',
  },
  {
    id: 'mailup.refresh.rotation',
    behaviour: "A refresh answers a new refresh token. The older page's example shows the same one: `keep`.",
    field: 'refreshRotation',
    source: 'help page revisions',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.refresh.old-token',
    behaviour:
      'The old refresh token is assumed to become invalid. With `retire-previous-on-first-use` it stays ' +
      'valid until the new access token is used.',
    field: 'refreshRotation',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.refresh.access-token',
    behaviour: 'The old access token is assumed to stay valid after a refresh. With `true` it is revoked.',
    field: 'refreshRevokesAccessToken',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.refresh.lifetime',
    behaviour: 'A refresh token is assumed never to expire.',
    field: 'refreshTokenSeconds',
    source: noSource,
    confidence: 'GUESS',
  },

  {
    id: 'mailup.api.header',
    behaviour:
      'The API reads the token from the Authorization header alone. With `query` or `body` in the list ' +
      'it reads these too.',
    field: 'bearerIn',
    source: 'all clients',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.expired',
    behaviour:
      'An expired access token: 401 `{"ErrorCode":"401","ErrorDescription":"Authorization error: Access ' +
      'token is expired","ErrorName":"Unauthorized","ErrorStack":null}`, the code being a string.',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.expiry-unchecked',
    behaviour: 'Expiry is checked. With `false` a token works for ever.',
    field: 'accessTokenExpiryChecked',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.unknown',
    behaviour: 'An unknown or malformed access token: 400 in the same shape; its text is assumed.',
    field: 'errors',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.revoked',
    behaviour: 'A revoked access token: 401 in the same shape; its text is assumed.',
    field: 'errors',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.missing',
    behaviour: 'No access token: assumed 401 in the same shape.',
    field: 'errors',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.api.contract',
    behaviour:
      'A user marked `suspended`: 403, ErrorName Forbidden, `Authorization error: Contract not signed, ' +
      'please login in console and accept terms of service.`',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.too-many-calls',
    behaviour:
      'Too many calls: 429, ErrorName null, `Authorization error (too_many_requests): Too many requests. ' +
      'Max:5 calls per second , actual:6.` The documented limit of 5 calls a second is off until ' +
      '`callsPerSecond: 5` asks for it, because a frozen clock puts all calls into one second.',
    field: 'callsPerSecond',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.too-many-calls-403',
    behaviour: 'Before March 2018 that was a 403: `errors: { resource.too-many-calls: { status: 403 } }`.',
    field: 'errors',
    source: statusPage,
    confidence: 'SEEN(d, old)',
  },
  {
    id: 'mailup.api.error-shape',
    behaviour:
      'Every other error of the API has the same four members, `ErrorStack` among them; 400, 500 and 503 ' +
      'have ErrorName Bad Request, Internal Server Error, Service Unavailable.',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  { id: 'mailup.api.challenge', behaviour: 'Assumed: no WWW-Authenticate.', source: noSource, confidence: 'GUESS' },
  {
    id: 'mailup.api.xml',
    behaviour: 'XML by Accept or Content-Type is not emulated: the answer is always JSON.',
    source: samples,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.info',
    behaviour:
      '`GET …/Console/Authentication/Info`: AccountName, Company, ExpiryDate, IsTrial, UID, Url, ' +
      "Username, Version. Username is the name that the person logged in with; MailUp's own look like " +
      '`m1234`, and a user may be given such a one.',
    source: "samples' call method, omniauth-mailup, djangomailup, pymailup, MaxDovere, taniot, codemaster",
    confidence: 'SEEN(d), SEEN(c×6)',
  },
  {
    id: 'mailup.api.details',
    behaviour:
      '`GET …/Console/Authentication/Details` adds AutoRenewal, CreditsByList, Email, Lang, Plan, TotalCredits.',
    source: "MailUp's Accounts page",
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.lists',
    behaviour:
      'Lists, groups, fields and recipients come in pages: IsPaginated, Items, PageNumber (from 0), ' +
      'PageSize, Skipped, TotalElementsCount.',
    source: 'samples, mailupy, mailup-ruby',
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'mailup.api.import',
    behaviour: '`POST …/Group/{id}/Recipients` answers a bare integer.',
    source: samples,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.recipient',
    behaviour: '`POST …/List/{id}/Recipient` and `…/Group/{id}/Recipient` answer a bare integer.',
    source: 'lotrekagency/mailupy',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.api.paging',
    behaviour: '`PageNumber` or `pageNum` and `PageSize` are read in any letter case; beyond the end `Items` is empty.',
    source: 'samples; .NET',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.api.statistics',
    behaviour: '`GET MailStatisticsService.svc/Message/{id}/List/Views?pageSize&pageNum` answers a list.',
    source: `${samples}; mailup-ruby`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.trial',
    behaviour:
      '`POST PublicService.svc/Console/TrialActivation` and `…/TrialActivationStatus` take HTTP Basic ' +
      'with the client id and secret.',
    source: 'help page; mailup-ruby, codemaster-mailup',
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'mailup.cors',
    behaviour: 'Token and API answer scripts of any origin. With `false` they do not.',
    field: 'cors',
    source: "MailUp's browser sample calls both cross-origin",
    confidence: 'INFERRED',
  },
];
