import { errorMembers, json, noStore, standard, tokenMembers } from './standard.js';
import { days, hours, minutes, standardPolicy } from './standard-policy.js';
import { tinyemailErrors } from './tinyemail.errors.js';
import { frameworkPolicy } from './framework-policy.js';
import { tinyemailFacts } from './tinyemail.facts.js';
import { allowedScope, challenge, escapedMembers } from './tinyemail.refusals.js';
import { tinyemailResources } from './tinyemail.resources.js';
import { alphanumeric, quoted, uuidHex } from './text.js';
import type { Provider } from './provider.js';

/**
 * tinyEmail. Its documentation names paths and parameters. The rest follows legacy Spring Security OAuth, which the
 * paths suggest.
 */
export const tinyemail: Provider<'tinyemail'> = {
  ...standard,
  name: 'tinyemail',
  title: 'tinyEmail',
  accent: 'teal',
  origin: 'https://api.tinyemail.com',
  hosts: ['api.tinyemail.com'],
  endpoints: {
    authorize: ['/api/authorization-server/oauth/authorize'],
    token: ['/api/authorization-server/oauth/token'],
    revoke: [],
    introspect: [],
    tokenInfo: [],
    userinfo: [],
    metadata: [],
    login: '/api/authorization-server/login',
    api: ['/v1'],
  },
  scopes: {
    import_customers: { words: 'Create, update and read your customers' },
  },

  policy: {
    ...standardPolicy,
    ...frameworkPolicy,
    grantsPerClient: ['client_credentials'],
    implicitAtToken: 'invalid-grant',
    codeSeconds: minutes(10),
    accessTokenSeconds: hours(12),
    refreshTokenSeconds: days(30),
    loginPage: 'first',
    authorizePost: 'the-form-alone',
    secretAtAuthorize: 'ignored',
    redirectUriMatching: 'as-written',
    redirectEncoding: 'minimal',
    basicBase64: 'padding-optional',
    clientCredentialsGrantFor: 'any-client',
    redirectStatus: 303,
    scopeSyntax: 'each-white-space-or-plus',
    scopeCheckedAtToken: 'every-grant',
    pkce: 'ignored',
    tokenMethodChecked: 'after-the-client',
    allowAtToken: 'not-for-get',
    tokenParametersIn: ['body', 'query'],
    tokenBodyTypes: ['form', 'multipart'],
    unreadBody: 'ignored',
    parametersRepeated: 'first',
    parametersInBoth: 'query',
    emptyParameters: 'sent',
    brokenEncoding: 'dropped',
    clientCredentialsIn: ['basic', 'body', 'query'],
    clientCredentialsTwice: 'parameters-first',
    basicDecoding: 'raw',
    redirectUriAtToken: 'required-if-sent-before',
    failedExchangeSpendsCode: true,
    replayRevokesTokens: false,
    accessTokenReused: true,
    refreshRotation: 'keep',
    refreshRevokesAccessToken: true,
    refusedRefresh: 'revokes-access-token',
    expiredTokens: 'removed-when-sent',
    bearerIn: ['header', 'x-api-key', 'query', 'body'],
    bearerHeader: 'after-the-word',
    bearerTwice: 'first-counts',
    descriptionInJson: 'html-entities',
    descriptionInChallenge: 'as-it-is',
  },

  // Version 4 UUIDs without hyphens, as in the sample of the documentation.
  generators: (random) => ({
    accessToken: () => uuidHex(random),
    refreshToken: () => uuidHex(random),
    code: () => alphanumeric(random, 6),
  }),

  reasons: tinyemailErrors,

  tokenAnswer(issued) {
    const { access_token, expires_in, refresh_token, scope } = tokenMembers(issued);
    return json(200, noStore, { access_token, token_type: 'bearer', refresh_token, expires_in, scope });
  },

  tokenRefusal(refusal) {
    const { status, reason, facts } = refusal;
    const headers: Record<string, string> = { ...noStore };
    if (status === 401 && facts.method === 'basic') headers['www-authenticate'] = 'Basic realm="oauth2/client"';
    else if (status === 401) {
      headers['www-authenticate'] = challenge(
        reason.startsWith('client.') && reason !== 'client.ids-differ' ? 'Form realm="oauth2/client", ' : 'Bearer ',
        refusal,
      );
    }
    return json(status, headers, { ...escapedMembers(refusal), scope: allowedScope(refusal) });
  },

  bearerRefusal(refusal) {
    const { status, reason, facts } = refusal;
    const headers: Record<string, string> = { ...noStore };
    // The API has its own format for errors that do not concern the access token.
    if (/^request\.(?!parameter)/.test(reason)) return json(status, headers, { message: refusal.description });
    const scope = reason === 'bearer.insufficient-scope' ? (facts.needed as readonly string[]).join(' ') : undefined;
    // the filter that finds the token names its realm; what is behind it does not
    if (status === 401) headers['www-authenticate'] = challenge('Bearer realm="oauth2-resource", ', refusal);
    else if (scope !== undefined) {
      headers['www-authenticate'] = `${challenge('Bearer ', refusal)}, scope=${quoted(scope)}`;
    }
    return json(status, headers, { ...escapedMembers(refusal), scope });
  },

  redirectRefusal(refusal, echoed) {
    const scope = allowedScope(refusal);
    return { ...errorMembers(refusal), ...echoed, ...(scope === undefined ? {} : { scope }) };
  },

  refusedHeading: 'OAuth Error',
  consentForm: {
    antiForgery: '_csrf',
    allow: { name: 'authorize', value: 'Authorize' },
    allows: (form) => form.user_oauth_approval === 'true',
    deny: { name: 'user_oauth_approval', value: 'false' },
    denies: (form) => form.user_oauth_approval === 'false',
    undecided: 'denied',
    hidden: () => [{ name: 'user_oauth_approval', value: 'true' }],
    scopeField: (scope) => `scope.${scope}`,
  },

  resources: tinyemailResources,
  facts: tinyemailFacts,
  documentedInUrl: { token: ['client_id', 'client_secret', 'code', 'grant_type', 'redirect_uri', 'refresh_token'] },
  conventions: { credentials: 'body', apiPath: '/contacts', scope: 'import_customers' },
};
