import type { Fact } from './fact.js';

/** What the provider `standard` does, with the clauses that ask for it. A test names each fact by its id. */
export const standardFacts: readonly Fact[] = [
  {
    id: 'standard.grants',
    behaviour:
      'The grants are authorization_code, refresh_token and, for confidential clients, client_credentials. The ' +
      'password grant and the implicit grant are `unsupported_grant_type`; `response_type=token` is ' +
      '`unsupported_response_type`.',
    field: 'grants',
    source: 'RFC 9700 §2.1.2 and §2.4; RFC 6749 §4.4 and §5.2',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.authorize.redirect-uri',
    behaviour:
      'A redirect_uri must be exactly a registered one, but for the port where the registered one has a loopback IP ' +
      'address (127.0.0.1, [::1]). An unknown one is refused on a page, never by redirect.',
    field: 'redirectUriMatching',
    source: 'RFC 9700 §2.1 and §4.1.3; RFC 8252 §7.3; RFC 6749 §4.1.2.1',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.authorize.pkce',
    behaviour:
      'A public client has to send a code_challenge. A challenge of any client is checked: its syntax, and the ' +
      'code_verifier at the exchange. A code_verifier without a challenge is refused.',
    field: 'pkce',
    source: 'RFC 9700 §2.1.1; RFC 7636 §4.4 and §4.6',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.authorize.pkce-methods',
    behaviour: 'The code_challenge_method is S256. `plain`, also by omission, is refused: it shows the verifier.',
    field: 'pkceMethods',
    source: 'RFC 9700 §2.1.1; RFC 7636 §4.2 and §7.2',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.authorize.issuer',
    behaviour: 'Redirects with a code and with an error have `iss`, the issuer of the metadata.',
    field: 'issuerInRedirect',
    source: 'RFC 9207 §2; RFC 9700 §4.4.2.1',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.authorize.response-modes',
    behaviour: 'The answer is in the query, or by response_mode in the fragment or in a form.',
    field: 'responseModes',
    source: 'OAuth 2.0 Multiple Response Types §2.1; OAuth 2.0 Form Post Response Mode §2',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.authorize.redirect-status',
    behaviour: 'Redirects to the client have the status 303, after which a browser does not send a form again.',
    field: 'redirectStatus',
    source: 'RFC 9700 §4.12',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.authorize.cors',
    behaviour: 'No answer has CORS headers. `true` is for clients in a browser, and concerns every endpoint.',
    field: 'cors',
    source: 'RFC 9700 §2.6 forbids CORS at the authorization endpoint, and leaves it open elsewhere',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.client.authentication',
    behaviour:
      'A client authenticates by HTTP Basic with form-encoded id and secret, by both in the body, or by a signed ' +
      'assertion; never in the URL, and by one method per request. A wrong one is 401 `invalid_client` with ' +
      'WWW-Authenticate.',
    field: 'clientCredentialsIn',
    source: 'RFC 6749 §2.3, §2.3.1 and §5.2; RFC 7523 §2.2',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.token.requests',
    behaviour:
      'Token requests are POST with a form body. A parameter that is sent twice, or in the URL, is `invalid_request`.',
    field: 'tokenParametersIn',
    source: 'RFC 6749 §3.2 and Appendix B',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.token.answer',
    behaviour:
      'The answer has access_token, token_type, expires_in, refresh_token and scope, and `Cache-Control: no-store` ' +
      'with `Pragma: no-cache`.',
    source: 'RFC 6749 §5.1',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.code.replay',
    behaviour: 'A code is good once and for 10 minutes. A second use is refused, and ends the tokens of the first.',
    field: 'replayRevokesTokens',
    source: 'RFC 6749 §4.1.2 and §10.5',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.code.redirect-uri',
    behaviour: 'The exchange has the redirect_uri of the authorization request, if that had one.',
    field: 'redirectUriAtToken',
    source: 'RFC 6749 §4.1.3',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.refresh.rotation',
    behaviour:
      'Each refresh replaces the refresh token. If a replaced one comes back, all tokens of the authorization end.',
    field: 'refreshRotation',
    source: 'RFC 9700 §4.14.2',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.refresh.scope',
    behaviour: 'A refresh may ask for fewer scopes. The new refresh token keeps those of the old one.',
    field: 'narrowedScope',
    source: 'RFC 6749 §6',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.revoke',
    behaviour:
      'A revoked refresh token ends its access tokens. An unknown token is answered with 200, too, and no client ' +
      'ends the tokens of another.',
    source: 'RFC 7009 §2.1 and §2.2',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.introspect',
    behaviour:
      'A client asks about its own tokens. A token that is expired, revoked, unknown or of another client is ' +
      '`{"active":false}` and nothing else.',
    field: 'introspectionOf',
    source: 'RFC 7662 §2.1, §2.2 and §4',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.api.bearer',
    behaviour:
      'The access token is in the header. Without a good one the answer is 401, with too few scopes 403; both have ' +
      'WWW-Authenticate.',
    field: 'bearerIn',
    source: 'RFC 6750 §2.1, §3 and §3.1; RFC 9700 §4.3.2',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.metadata',
    behaviour:
      'The metadata are what the policy is now. They are below the issuer, and also where RFC 8414 has those of an ' +
      'issuer with a path: at `/.well-known/oauth-authorization-server/standard`.',
    source: 'RFC 8414 §2, §3 and §3.1',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.userinfo',
    behaviour:
      'The userinfo endpoint answers GET and POST with sub, name, preferred_username and the profile of the user. ' +
      'No scope is needed. A token of client_credentials is about its client.',
    source: 'OpenID Connect Core §5.3; RFC 9068 §2.2',
    confidence: 'SEEN(d)',
  },
  {
    id: 'standard.lifetimes',
    behaviour: 'An access token lives for an hour and a refresh token without end (assumed: no RFC says how long).',
    field: 'accessTokenSeconds',
    source: 'no source',
    confidence: 'GUESS',
  },
];
