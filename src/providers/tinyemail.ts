import {
  days,
  errorMembers,
  hours,
  json,
  minutes,
  noStore,
  standard,
  standardPolicy,
  tokenMembers,
} from './standard.js';
import { tinyemailFacts } from './tinyemail.facts.js';
import { allowedScope, challenge, escapedMembers } from './tinyemail.refusals.js';
import { tinyemailResources } from './tinyemail.resources.js';
import { alphanumeric, quoted, uuidHex } from './text.js';
import type { AnyFacts } from '../core/errors.js';
import type { Provider, ProviderRow } from './provider.js';

const factText =
  (name: string) =>
  (f: AnyFacts): string =>
    String(f[name]);
const fullAuthentication = 'Full authentication is required to access this resource';
const badCredentials: ProviderRow = { status: 401, error: 'invalid_client', description: 'Bad client credentials' };
const unknownRefreshToken: ProviderRow = {
  description: (f) => `Invalid refresh token: ${factText('refreshToken')(f)}`,
};
const unknownCode: ProviderRow = { description: (f) => `Invalid authorization code: ${factText('code')(f)}` };
const unknownAccessToken: ProviderRow = { description: (f) => `Invalid access token: ${factText('token')(f)}` };
const invalidScope: ProviderRow = { description: (f) => `Invalid scope: ${factText('scope')(f)}` };

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
    login: '/api/authorization-server/login',
    api: ['/v1'],
  },
  scopes: {
    import_customers: { words: 'Create, update and read your customers' },
  },

  policy: {
    ...standardPolicy,
    codeSeconds: minutes(10),
    accessTokenSeconds: hours(12),
    refreshTokenSeconds: days(30),
    redirectUriMatching: 'as-written',
    redirectEncoding: 'minimal',
    redirectStatus: 303,
    scopeSyntax: 'each-white-space-or-plus',
    scopeCheckedAtToken: 'every-grant',
    pkce: 'ignored',
    tokenParametersIn: ['body', 'query'],
    unreadBody: 'ignored',
    parametersRepeated: 'first',
    parametersInBoth: 'query',
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
    expiredTokens: 'removed-when-sent',
    bearerIn: ['header', 'x-api-key', 'query', 'body'],
    bearerHeader: 'after-the-word',
    bearerTwice: 'first-counts',
  },

  // Version 4 UUIDs without hyphens, as in the sample of the documentation.
  generators: (random) => ({
    accessToken: () => uuidHex(random),
    refreshToken: () => uuidHex(random),
    code: () => alphanumeric(random, 6),
  }),

  reasons: {
    'request.method-not-allowed': {
      error: 'method_not_allowed',
      description: (f) => `Request method '${factText('method')(f)}' not supported`,
    },
    'client.missing': { status: 401, error: 'unauthorized', description: fullAuthentication },
    'client.unknown': badCredentials,
    'client.secret-missing': badCredentials,
    'client.secret-wrong': badCredentials,
    'client.ids-differ': { description: 'Given client ID does not match authenticated client' },
    'grant.missing': { description: 'Missing grant type' },
    'grant.unsupported': { description: 'Unsupported grant type' },
    'grant.unauthorized': {
      status: 401,
      error: 'invalid_client',
      description: (f) => `Unauthorized grant type: ${factText('grantType')(f)}`,
    },
    'code.missing': { description: 'An authorization code must be supplied.' },
    'code.unknown': unknownCode,
    'code.replayed': unknownCode,
    'code.expired': unknownCode,
    'code.revoked': unknownCode,
    'code.other-client': { status: 401, error: 'invalid_client', description: 'Client ID mismatch' },
    'code.redirect-uri-missing': { error: 'invalid_grant', description: 'Redirect URI mismatch.' },
    'code.redirect-uri-differs': { description: 'Redirect URI mismatch.' },
    'refresh.missing': { description: 'refresh_token parameter not provided' },
    'refresh.unknown': unknownRefreshToken,
    'refresh.replaced': unknownRefreshToken,
    'refresh.revoked': unknownRefreshToken,
    'refresh.removed': unknownRefreshToken,
    'refresh.other-client': {
      description: (f) => `Wrong client for this refresh token: ${factText('refreshToken')(f)}`,
    },
    'refresh.expired': {
      status: 401,
      error: 'invalid_token',
      description: (f) => `Invalid refresh token (expired): ${factText('refreshToken')(f)}`,
    },
    'scope.malformed': invalidScope,
    'scope.unknown': invalidScope,
    'scope.not-allowed': invalidScope,
    'scope.wider-than-granted': {
      description: (f) =>
        `Unable to narrow the scope of the client authentication to [${[f.asked].flat().join(', ')}].`,
    },
    'authorize.client-missing': badCredentials,
    'authorize.client-unknown': badCredentials,
    'authorize.redirect-uri-unregistered': {
      error: 'invalid_grant',
      description: (f) => `Invalid redirect: ${factText('received')(f)} does not match one of the registered values.`,
    },
    'authorize.response-type-unsupported': {
      description: (f) => `Unsupported response types: [${factText('responseType')(f)}]`,
    },
    'authorize.response-type-missing': {
      error: 'unsupported_response_type',
      description: 'Unsupported response types: []',
    },
    'authorize.denied': { description: 'User denied access' },
    'bearer.missing': { status: 401, error: 'unauthorized', description: fullAuthentication },
    'bearer.malformed': { status: 401, error: 'unauthorized', description: fullAuthentication },
    'bearer.unknown': unknownAccessToken,
    'bearer.revoked': unknownAccessToken,
    'bearer.removed': unknownAccessToken,
    'bearer.expired': { description: (f) => `Access token expired: ${factText('token')(f)}` },
    'bearer.insufficient-scope': { description: 'Insufficient scope for this resource' },
    'server.failed': { description: 'Internal Server Error' },
  },

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
    if (status === 401 || status === 403) {
      headers['www-authenticate'] =
        challenge('Bearer realm="oauth2-resource", ', refusal) +
        (scope === undefined ? '' : `, scope=${quoted(scope)}`);
    }
    return json(status, headers, { ...escapedMembers(refusal), scope });
  },

  redirectRefusal(refusal) {
    const scope = allowedScope(refusal);
    return { ...errorMembers(refusal), ...(scope === undefined ? {} : { scope }) };
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
};
