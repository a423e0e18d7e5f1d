import type { Fact } from './fact.js';

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
    behaviour: 'The letter case of paths is ignored. `exact` compares it.',
    field: 'pathLetterCase',
    source: 'IIS, on which the service runs',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.path.raw-bytes',
    behaviour: 'A URL with bytes outside ASCII is assumed to be read as if they were percent-encoded.',
    field: 'rawBytesInUrl',
    source: 'HTTP.sys, which IIS uses, accepts them',
    confidence: 'GUESS',
  },
  {
    id: 'mailup.grants',
    behaviour:
      'The grants are authorization_code, password and refresh_token. The implicit grant and ' +
      'client_credentials are not supported (`unsupported_grant_type`; `unsupported_response_type` at LogOn).',
    field: 'grants',
    source: 'help page 36341777',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.endpoints.absent',
    behaviour: 'It is assumed that there is no revocation, introspection or discovery endpoint: 404.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.scope',
    behaviour: 'There are no scopes: the parameter `scope` is ignored, and the token answer has no `scope`.',
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
    behaviour: 'Client ids and secrets are UUIDs with hyphens. Any other text is accepted too.',
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
    behaviour: '`/Authorization/OAuth/Authorization` without a username starts the same interactive flow.',
    source: 'a connector list names it as the authorize URL',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.authorize.direct-code',
    behaviour:
      'With `client_id`, `client_secret`, `username` and `password` in the query, the answer is 200 ' +
      '`{"code":"…"}` without a redirect, as in the samples until October 2013.',
    field: 'passwordAtAuthorize',
    source: 'git history of rest-samples-php, -csharp and -java',
    confidence: 'SEEN(d, old)',
  },
  {
    id: 'mailup.authorize.direct-code-refused',
    behaviour:
      'If such a request has a wrong password or client, it is assumed to be refused with 400 in the JSON ' +
      'format of the token endpoint.',
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
    behaviour: '`client_secret` may be omitted.',
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
    behaviour:
      'A `redirect_uri` that is not percent-encoded is accepted. It ends at its first `&`; the rest is read ' +
      'as further parameters.',
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
    behaviour: 'The redirect has the parameters `code` and `token_type=bearer`, in this order.',
    field: 'tokenTypeInRedirect',
    source: 'codemaster-mailup-bundle, AuthController',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.authorize.state',
    behaviour: '`state` is not returned in the redirect. `true` returns it.',
    field: 'echoState',
    source: 'omniauth-mailup (2013) switches state checking off',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.authorize.errors',
    behaviour:
      'A refusal is a page with status 400, or JSON `{"error","error_description"}` if the request has ' +
      '`Accept: application/json`. Once client and redirect URI are trusted, it is sent in the query of the ' +
      'redirect instead. `page` never redirects a refusal.',
    field: 'authorizeRefusals',
    source: 'help pages, older and newer revisions',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.authorize.form-encoded',
    behaviour:
      'The form-encoded error body that the help page also names is not emulated: the body is JSON or a ' + 'page.',
    source: 'help pages, older and newer revisions',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.authorize.undecided',
    behaviour:
      'A consent form that neither allows nor denies grants nothing. It is assumed that the page is shown ' + 'again.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.authorize.pages',
    behaviour: "The pages are Understudy's own. Their fields are assumed to be named `username` and `password`.",
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.authorize.expires-in',
    behaviour: 'The redirect may carry `expires_in=3600` beside `code` and `token_type`. It does not by default.',
    field: 'expiresInRedirect',
    source: 'README of TicketeStartup/mailup-node-api',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.redirect-uri.matching',
    behaviour:
      'It is assumed that a redirect URI must be registered, and that its query may have additional ' +
      'parameters. `exact` compares every character.',
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
    behaviour: 'Parameters are accepted in the query, also if the form body is empty, or in a form body.',
    field: 'tokenParametersIn',
    source: `${samples}; WyrmxD/mailup-lib; thundersystems/pymailup`,
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'mailup.token.code-alone',
    behaviour:
      'A code is exchanged by GET with only `code` and `grant_type`, without client credentials and ' +
      'redirect_uri. `required` requires the client credentials.',
    field: 'clientAtCodeExchange',
    source: `${samples}; caereservices, Pirosauro, taniot, grptx, MaxDovere, codemaster-bundle`,
    confidence: 'SEEN(c×8+)',
  },
  {
    id: 'mailup.token.code-credentials',
    behaviour:
      'Client credentials may be sent with the code, in query, body or Basic. If they are sent, they must ' +
      'be valid.',
    field: 'clientCredentialsIn',
    source: 'help page 36341777: the client sends its credentials and the code',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.code-basic-query',
    behaviour: 'A code is exchanged by POST with all parameters in the query, an empty form body and a Basic header.',
    source: 'a WordPress integration plug-in',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.token.code-redirect-uri',
    behaviour: '`redirect_uri` may be omitted from the token request. If it is sent, it is compared.',
    field: 'redirectUriAtToken',
    source: samples,
    confidence: 'SEEN(c×8+)',
  },
  {
    id: 'mailup.token.code-redirect-uri-query',
    behaviour:
      'The `redirect_uri` of the token request may have additional query parameters, such as ' +
      '`?code=…&token_type=bearer` of the callback. `exact` refuses them.',
    field: 'redirectUriAtTokenMatching',
    source: 'omniauth-mailup / ruby-oauth2',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.token.password-body-and-basic',
    behaviour:
      'The password grant accepts credentials in the body and in Basic together, if they are equal. ' +
      '`refused` refuses them.',
    field: 'clientCredentialsTwice',
    source: samples,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.basic-decoding',
    behaviour: 'Id and secret in the Basic header are assumed to be accepted form-encoded and raw.',
    field: 'basicDecoding',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.token.broken-encoding',
    behaviour: 'A parameter that cannot be percent-decoded is assumed to be read as it stands.',
    field: 'brokenEncoding',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.token.password-schemeless-basic',
    behaviour: 'An Authorization header of base64 without the scheme Basic is read as Basic.',
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
    behaviour: 'The password grant accepts all parameters in the query. Unknown parameters are ignored.',
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
    behaviour: 'The JSON has no whitespace. After each number comes a comma or a brace.',
    source: 'rest-samples-csharp, MailUpClient.cs',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.headers',
    behaviour:
      'Assumed: the answer has `Content-Type: application/json; charset=utf-8`, and no Cache-Control, ' +
      'Pragma or WWW-Authenticate. With `no-store` it has Cache-Control and Pragma, also with a code in the body.',
    field: 'tokenCaching',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.token.expires-in',
    behaviour:
      'An access token is valid for 3600 s, according to the current help page. The older page and answers ' +
      'captured in 2016–2018 have 900 s: `accessToken: 15m`.',
    field: 'accessTokenSeconds',
    source: 'help page revisions; WyrmxD; Pirosauro; mlocati',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.alphabet',
    behaviour:
      'Access and refresh tokens have 128 characters: 64 bytes, each written as two digits of `0-9A-Za-z`. ' +
      'The first digit is 0 to 4; after a 4, the second is 0 to 7.',
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
    behaviour: 'A refusal at the token endpoint has the status 400, never 401.',
    field: 'errors',
    source: 'openpolis/mailupy commit 6904dc1; help page',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.token.wrong-password',
    behaviour: 'A wrong user password: 400 `invalid_grant`. The description is assumed.',
    field: 'errors',
    source: 'help page; openpolis/mailupy',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.token.bad-code',
    behaviour: 'An unknown, used or expired code: 400 `invalid_grant`. The descriptions are assumed.',
    field: 'errors',
    source: 'help page: 400',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.token.bad-refresh',
    behaviour: 'A malformed or unknown refresh token: 400 with a description. Its text is assumed.',
    field: 'errors',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.token.dead-refresh',
    behaviour:
      'An expired or revoked refresh token: 400. The status page is ambiguous; for 401 use `errors: { ' +
      'refresh.expired: { status: 401 }, refresh.revoked: { status: 401 } }`.',
    field: 'errors',
    source: `${statusPage}, ambiguous; mailupy recurses without end on a 401`,
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.token.missing-parameter',
    behaviour: 'A missing parameter: 400 `invalid_request`. The descriptions are assumed.',
    field: 'errors',
    source: 'help page: 400',
    confidence: 'SEEN(d)',
  },

  {
    id: 'mailup.code.time-limited',
    behaviour: 'A code is valid for a limited time.',
    field: 'codeSeconds',
    source: 'help page 36341777',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.code.lifetime',
    behaviour: 'A code is assumed to be valid for 600 s.',
    field: 'codeSeconds',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.code.format',
    behaviour: 'A code is assumed to have 32 characters `[0-9A-Za-z]`.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.code.single-use',
    behaviour: 'A code can be used once.',
    source: 'help page: use it at once, never store it',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.code.replay',
    behaviour:
      'A second use of a code is assumed to revoke the tokens of the first use. With `false` they stay ' + 'valid.',
    field: 'replayRevokesTokens',
    source: 'RFC 6749 §4.1.2',
    confidence: 'GUESS',
  },
  {
    id: 'mailup.refresh.rotation',
    behaviour:
      'A refresh returns a new refresh token. The example of the older help page returns the same one: ' + '`keep`.',
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
      'The API reads the token from the Authorization header only. If the list has `query` or `body`, it ' +
      'reads these too.',
    field: 'bearerIn',
    source: 'all clients',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.twice',
    behaviour: 'A token in the header counts; it is assumed that one in a parameter beside it is ignored.',
    field: 'bearerTwice',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.api.expired',
    behaviour:
      'An expired access token: 401 `{"ErrorCode":"401","ErrorDescription":"Authorization error: Access ' +
      'token is expired","ErrorName":"Unauthorized","ErrorStack":null}`. ErrorCode is a string.',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.expiry-unchecked',
    behaviour: 'The expiry of access tokens is checked. `false` accepts expired ones.',
    field: 'accessTokenExpiryChecked',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.unknown',
    behaviour: 'An unknown or malformed access token: 400 in the same format. Its text is assumed.',
    field: 'errors',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.revoked',
    behaviour: 'A revoked access token: 401 in the same format. Its text is assumed.',
    field: 'errors',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.missing',
    behaviour: 'No access token: assumed 401 in the same format.',
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
      '`callsPerSecond: 5` sets it, because a frozen clock counts all calls in one second.',
    field: 'callsPerSecond',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.too-many-calls-403',
    behaviour: 'Before March 2018 the status was 403: `errors: { resource.too-many-calls: { status: 403 } }`.',
    field: 'errors',
    source: statusPage,
    confidence: 'SEEN(d, old)',
  },
  {
    id: 'mailup.api.error-shape',
    behaviour:
      'Every other error of the API has the same four members, including `ErrorStack`. 400, 500 and 503 ' +
      'have ErrorName Bad Request, Internal Server Error, Service Unavailable.',
    source: statusPage,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.challenge',
    behaviour: 'Assumed: answers have no WWW-Authenticate.',
    source: noSource,
    confidence: 'GUESS',
  },
  {
    id: 'mailup.api.xml',
    behaviour: 'XML by Accept or Content-Type is not emulated: the answer is always JSON.',
    source: samples,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.info',
    behaviour:
      '`GET …/Console/Authentication/Info`: AccountName, Company, ExpiryDate, IsTrial, UID, Url, Username, ' +
      "Version. Username is the username of the login. MailUp's own usernames look like `m1234`; a user of " +
      'a scenario can have one.',
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
      'Lists, groups, fields, recipients and messages are paged: IsPaginated, Items, PageNumber (from 0), PageSize, ' +
      'Skipped, TotalElementsCount.',
    source: 'samples, mailupy, mailup-ruby',
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'mailup.api.ids',
    behaviour:
      'Answers write `idList`, `listGuid`, `idGroup`, `idRecipient`, `idMessage` and `idImport`, beside members with ' +
      'capitals such as `Name`.',
    source: `${samples}; mailup-ruby, mailupy, fazland/mailup-rest-client; help page 36347776`,
    confidence: 'SEEN(d), SEEN(c×3)',
  },
  {
    id: 'mailup.api.lists-call',
    behaviour:
      '`GET …/Console/User/Lists` writes `idList` and `listGuid`. The newer `GET …/Console/List` returns the same ' +
      'lists with `IdList` and `ListGuid`.',
    source: 'help pages 36347776 and 36349829',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.create-list',
    behaviour:
      '`POST …/Console/List` takes a body with `IdList`, `Name` and further members, and returns them with ' +
      '`IdList` and `ListGuid`. The deprecated `POST …/Console/User/Lists` returns the id alone. Nothing ' +
      'is stored.',
    source: 'help page 36349361; fazland/mailup-rest-client',
    confidence: 'SEEN(d), SEEN(c×1)',
  },
  {
    id: 'mailup.api.calls',
    behaviour:
      'The calls of the official samples, of mailup-ruby and of mailupy have an answer: lists, groups, recipients, ' +
      'subscription, import, messages, templates, images, tags, attachments, sending and statistics. A DELETE has an ' +
      'empty answer. A scenario can replace each of them.',
    source: `${samples}; mailup-ruby, mailupy, MailUpPZ`,
    confidence: 'SEEN(d), SEEN(c×3)',
  },
  {
    id: 'mailup.api.import',
    behaviour: '`POST …/Group/{id}/Recipients` and `…/List/{id}/Recipients` answer with an integer as the JSON body.',
    source: samples,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.import-status',
    behaviour:
      '`GET …/Import/{id}`: Completed, CreatedRecipients, ImportedRecipients, NotValidRecipients, UpdatedRecipients, ' +
      'ValidRecipients, idImport. The newer `…/Imports/{id}` has IdImport, Rows, StatusCode and others. Every import ' +
      'has ended.',
    source: "mailup-ruby; MailUp's generated reference of GetImportDetailsByIdImport",
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.recipient',
    behaviour: '`POST …/List/{id}/Recipient` and `…/Group/{id}/Recipient` answer with an integer as the JSON body.',
    source: 'lotrekagency/mailupy',
    confidence: 'SEEN(c×1)',
  },
  {
    id: 'mailup.api.recipients',
    behaviour:
      '`GET …/List/{id}/Recipients/Subscribed`, `…/Unsubscribed`, `…/Pending` and `…/EmailOptins`, which has all of ' +
      'them; `…/Console/Recipients?email="…"` and `…/Recipients/{id}`. A recipient has Email, Fields, MobileNumber, ' +
      'MobilePrefix, Name, Optin_Date, Status, idRecipient.',
    source: 'mailupy, MailUpPZ, mailup-ruby',
    confidence: 'SEEN(c×3)',
  },
  {
    id: 'mailup.api.subscription',
    behaviour:
      '`POST …/Group/{id}/Subscribe/{recipient}` and `DELETE …/Group/{id}/Unsubscribe/{recipient}`, and ' +
      'the same below `…/List/{id}`, have an empty answer.',
    source: `${samples}; mailup-ruby, mailupy, MailUpPZ`,
    confidence: 'SEEN(d), SEEN(c×3)',
  },
  {
    id: 'mailup.api.detail',
    behaviour: '`PUT …/Recipient/Detail` returns the recipient with the members of the body.',
    source: `${samples}; mailupy, mailup-ruby`,
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'mailup.api.filter',
    behaviour:
      "`filterby=Name=='…'` and `filterby=Name.Contains('…')` select items, by exact letters. Other expressions and " +
      '`orderby` are ignored.',
    source: 'help page 36349829; mailupy',
    confidence: 'SEEN(d), SEEN(c×1)',
  },
  {
    id: 'mailup.api.paging',
    behaviour:
      '`PageNumber` or `pageNum` and `PageSize` are read in any letter case. After the last page `Items` is ' +
      'empty.',
    source: 'samples; .NET',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.api.messages',
    behaviour:
      '`GET …/List/{id}/Emails` lists messages of CreationDate, Notes, Subject, idList, idMessage, ' +
      'ServiceType. `POST …/List/{id}/Email`, `POST …/Email/Template/{template}` and `PUT ' +
      '…/Email/{message}` return such a message, `GET …/Email/{message}` one with its content, tags and ' +
      'attachments.',
    source: `${samples}; help pages 36341875 and 36349550`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.templates',
    behaviour: '`GET …/List/{id}/Templates` is a list of Id, Text, Thumbnail, Title.',
    source: `${samples} since 2018; MailUp's generated reference of GetEmailTemplates`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.images',
    behaviour:
      '`GET …/Console/Images` is an array of URLs. `POST …/List/{id}/Images` returns the URL of the new image as a ' +
      'JSON string.',
    source: `${samples}; mailup-ruby`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.tags',
    behaviour:
      '`POST …/List/{id}/Tag` takes the name as a JSON string, `PUT …/Tag/{tag}` an object. Both return Enabled, Id, ' +
      'Name. `GET …/List/{id}/Tags` lists them.',
    source: 'help page 36347932',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.send',
    behaviour:
      '`POST …/List/{id}/Email/{message}/Send` returns Id, InvalidRecipients, Sent, UnprocessedRecipients, ' +
      'idMessage. `POST …/Email/Send`, for one address, has no Id.',
    source: "help page 27820103; MailUp's generated reference; mailup-ruby",
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.statistics',
    behaviour:
      '`GET MailStatisticsService.svc/Message/{id}/List/Views?pageSize&pageNum` answers a list, ' +
      '`…/Count/Views` an integer; the same for Recipients, Clicks, UrlClicks, Bounces and ' +
      'Unsubscriptions, and below `…/Recipient/{id}`. This service writes `IdMessage` and `IdRecipient`.',
    source: `${samples}; mailup-ruby; help page 36350744`,
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.api.trial',
    behaviour:
      '`POST PublicService.svc/Console/TrialActivation` and `…/TrialActivationStatus` are authenticated by ' +
      'HTTP Basic with the client id and secret.',
    source: 'help page; mailup-ruby, codemaster-mailup',
    confidence: 'SEEN(d), SEEN(c×2)',
  },
  {
    id: 'mailup.cors',
    behaviour: 'The token endpoint and the API send CORS headers for any origin. `false` omits them.',
    field: 'cors',
    source: "MailUp's browser sample calls both cross-origin",
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.reading.authorize-methods',
    behaviour: 'The authorization endpoint answers HEAD as GET, which gives a code where no page is shown.',
    field: 'authorizeMethods',
    source: 'assumed: ASP.NET reads `Request` alike',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.reading.authorize-places',
    behaviour: 'A POST to the authorization endpoint has its parameters in the query, in the body, or in both.',
    field: 'authorizeParametersIn',
    source: 'assumed: ASP.NET reads `Request` alike',
    confidence: 'INFERRED',
  },
  {
    id: 'mailup.reading.secret-in-url',
    behaviour: 'A secret in the URL is accepted; at the authorization endpoint it is not needed.',
    field: 'secretInUrl',
    source: 'the official samples put the secret into the LogOn URL',
    confidence: 'SEEN(d)',
  },
  {
    id: 'mailup.reading.two-headers',
    behaviour: 'Of two Authorization headers the first counts (assumed).',
    field: 'authorizationTwice',
    source: 'assumed: ASP.NET reads `Request` alike',
    confidence: 'GUESS',
  },
  {
    id: 'mailup.reading.base64',
    behaviour: 'Other characters and a missing padding in the base64 of a Basic header are passed over (assumed).',
    field: 'basicBase64',
    source: 'assumed',
    confidence: 'GUESS',
  },
  {
    id: 'mailup.authorize.multipart',
    behaviour: 'A POST to the authorization endpoint may be a form or multipart.',
    field: 'authorizeBodyTypes',
    source: 'assumed: ASP.NET reads both into `Request.Form`',
    confidence: 'INFERRED',
  },
];
