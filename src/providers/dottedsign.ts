import { bearerChallenge, errorMembers, json, standard, tokenMembers, unixSeconds } from './standard.js';
import { days, minutes, never, standardPolicy } from './standard-policy.js';
import { codeOf, dottedsignErrors, errorTriple } from './dottedsign.errors.js';
import { frameworkPolicy } from './framework-policy.js';
import { dottedsignFacts } from './dottedsign.facts.js';
import { dottedsignPages } from './dottedsign.pages.js';
import { serverRefusal, tokenRefusal } from './dottedsign.refusals.js';
import { dottedsignResources } from './dottedsign.resources.js';
import { tokenInfoAnswer } from './dottedsign.token-info.js';
import { dottedsignScopes } from './dottedsign.scopes.js';
import { railsAnswer, railsRefusesAccept } from './rails.js';
import { emptyHtml, railsWithoutTemplate } from './rails-formats.js';
import { base64url } from './text.js';
import type { Provider } from './provider.js';

const type = { 'content-type': 'application/json; charset=utf-8' };
const tokenHeaders = { ...type, 'cache-control': 'no-store' };

/** Doorkeeper 5.6 with DottedSign's published settings, as measured. It is inferred that the cloud runs the same. */
export const dottedsign: Provider<'dottedsign'> = {
  ...standard,
  name: 'dottedsign',
  title: 'DottedSign',
  accent: 'violet',
  origin: 'https://api.dottedsign.com',
  hosts: ['api.dottedsign.com', 'api.sandbox.dottedsign.com'],
  endpoints: {
    authorize: ['/v1/oauth/authorize', '/oauth/authorize'],
    // Paths without /v1 belong to the self-hosted edition.
    token: ['/v1/oauth/token', '/oauth/token', '/oauth/token/refresh'],
    revoke: ['/v1/oauth/revoke', '/oauth/revoke'],
    introspect: ['/v1/oauth/introspect', '/oauth/introspect'],
    tokenInfo: ['/v1/oauth/token/info', '/oauth/token/info'],
    userinfo: [],
    metadata: [],
    login: '/login',
    api: ['/v1', '/api/v1'],
  },
  accountPages: dottedsignPages,
  scopes: dottedsignScopes,

  policy: {
    ...standardPolicy,
    ...frameworkPolicy,
    codeSeconds: minutes(10),
    accessTokenSeconds: days(2),
    refreshTokenSeconds: never,
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    redirectUriMatching: 'normalized',
    redirectUriRequired: 'always',
    authorizeRefusals: 'page',
    refusalPageStatus: 'always-200',
    scopeSyntax: 'white-space',
    scopesAtRefresh: true,
    pkceMethodOmitted: 'refused',
    pkceSyntax: 'unchecked',
    redirectUriRebuilt: true,
    redirectEncoding: 'plus',
    responseModes: ['query', 'fragment', 'form_post'],
    outOfBandCode: true,
    loginPage: 'first',
    basicBase64: 'lenient',
    clientCredentialsGrantFor: 'any-client',
    revokeClientFailure: 'as-unauthorized',
    authorizePost: 'the-form-alone',
    secretAtAuthorize: 'ignored',
    consentFormFields: 'checked-again',
    consentFormTwice: 'new-code',
    consent: 'skipped-until-revoked',
    tokenParametersIn: ['body', 'query'],
    tokenBodyTypes: ['form', 'json', 'multipart', 'untyped'],
    unreadBody: 'ignored-unless-malformed',
    parameterSyntax: 'rack',
    parametersRepeated: 'last',
    parametersInBoth: 'query',
    blankParameters: 'omitted',
    tokenChecksFirst: 'parameters-and-grant',
    clientMissingAtRefresh: 'grant-refused',
    echoStateAtToken: true,
    clientCredentialsIn: ['basic', 'body', 'query'],
    clientCredentialsTwice: 'basic-alone',
    basicLetterCase: 'exact',
    basicDecoding: 'raw',
    redirectUriAtToken: 'required',
    redirectUriAtTokenMatching: 'normalized',
    passwordGrantUsername: 'email',
    usernameMatching: 'trimmed-any-case',
    replayRevokesTokens: false,
    refreshRotation: 'retire-previous-on-first-use',
    narrowedScope: 'lasting',
    tokenParameterMissing: 'as-unknown',
    tokenTypeHint: 'binding',
    revokeExpired: false,
    revokePublicTokens: 'any-client',
    introspectionBy: ['client', 'bearer'],
    introspectionOf: 'own-tokens',
    refreshTokenIntrospectedAs: 'its-access-token',
    bearerIn: ['header', 'query', 'body'],
    bearerHeader: 'after-one-space',
    bearerParameters: ['access_token', 'bearer_token'],
    bearerTwice: 'first-counts',
    apiChecksFirst: 'path',
    pathSpelling: ['trailing-slash', 'double-slash', 'format-suffix'],
    rawBytesInUrl: 'accepted',
    acceptMalformed: 'refused',
    unknownPaths: 'as-the-framework',
    pageCaching: 'as-the-framework',
    tokenCaching: 'as-the-framework',
    scopeChallenge: false,
  },

  generators: (random) => ({
    accessToken: () => base64url(random, 32),
    refreshToken: () => base64url(random, 32),
    code: () => base64url(random, 32),
  }),

  reasons: dottedsignErrors,

  tokenAnswer(issued) {
    const { access_token, expires_in, refresh_token, scope } = tokenMembers(issued);
    const created_at = unixSeconds(issued.accessToken.issuedAt);
    return json(200, tokenHeaders, {
      access_token,
      token_type: 'Bearer',
      expires_in,
      refresh_token,
      scope,
      created_at,
    });
  },

  tokenRefusal,

  revokeAnswer: () => json(200, type, {}),

  tokenInfoAnswer,

  // It does not say whether the token expired or was revoked.
  tokenInfoRefusal: (refusal) =>
    tokenRefusal(
      refusal.error === 'invalid_token' ? { ...refusal, description: 'The access token is invalid' } : refusal,
    ),

  bearerRefusal(refusal) {
    const headers: Record<string, string> = { ...type };
    if (refusal.reason.startsWith('bearer.') && (refusal.status === 401 || refusal.status === 403)) {
      headers['www-authenticate'] = bearerChallenge('Doorkeeper', refusal);
      headers['cache-control'] = 'no-store';
    }
    const { error, status, code = codeOf(error) ?? status * 1000 } = refusal;
    const triple = errorTriple({ error, code });
    const detailed = refusal.reason.startsWith('bearer.')
      ? { error_message: `${triple.error_message}: ${refusal.description}` }
      : {};
    return json(refusal.status, headers, { ...triple, ...detailed });
  },

  redirectRefusal(refusal, echoed) {
    const { error_code, ...words } = errorTriple(refusal);
    return {
      ...errorMembers(refusal),
      ...echoed,
      ...(error_code === undefined ? {} : { error_code: String(error_code) }),
      ...words,
    };
  },

  everyAnswer: railsAnswer,
  serverRefusal,
  refusesAccept: railsRefusesAccept,

  pageRefusal: (refusal) => (refusal.reason === 'page.forged' ? emptyHtml(refusal.status) : undefined),
  insteadOfPage: railsWithoutTemplate,
  formPostTitle: 'OAuth authorization required',

  consentForm: {
    antiForgery: 'authenticity_token',
    allow: { name: 'commit', value: 'Authorize' },
    // Doorkeeper rebuilds the request from the form, whichever button was pressed. Without client_id it is invalid.
    allows: (form) => form.client_id !== undefined,
    deny: { name: '_method', value: 'delete' },
    // Rack's MethodOverride looks at no other field
    denies: (form) => typeof form._method === 'string' && /^delete$/i.test(form._method),
    denyButton: { name: 'commit', value: 'Deny' },
    undecided: 'asked-again',
    hidden: ({ client, redirectUri, state, responseMode, scopes, scopeSent, challenge }) => [
      { name: 'client_id', value: client.id },
      { name: 'redirect_uri', value: redirectUri },
      { name: 'state', value: state ?? '' },
      { name: 'response_type', value: 'code' },
      { name: 'response_mode', value: responseMode },
      { name: 'scope', value: scopeSent ?? scopes.join(' ') },
      { name: 'code_challenge', value: challenge?.value ?? '' },
      { name: 'code_challenge_method', value: challenge?.method ?? '' },
    ],
  },
  loginFields: { username: 'username', password: 'password', antiForgery: 'authenticity_token' },

  resources: dottedsignResources,
  conventions: { credentials: 'body', apiPath: '/members/me', scope: 'sign_tasks.general.read' },
  facts: dottedsignFacts,
};
