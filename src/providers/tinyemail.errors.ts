import type { AnyFacts } from '../core/errors.js';
import type { Provider, ProviderRow } from './provider.js';

const factText =
  (name: string) =>
  (f: AnyFacts): string =>
    String(f[name]);
const fullAuthentication = 'Full authentication is required to access this resource';
const badCredentials: ProviderRow = { status: 401, error: 'invalid_client', description: 'Bad client credentials' };
const expiredRefreshToken: ProviderRow = {
  status: 401,
  error: 'invalid_token',
  description: (f) => `Invalid refresh token (expired): ${factText('refreshToken')(f)}`,
};

const unknownRefreshToken: ProviderRow = {
  description: (f) => `Invalid refresh token: ${factText('refreshToken')(f)}`,
};
const unknownCode: ProviderRow = { description: (f) => `Invalid authorization code: ${factText('code')(f)}` };
const unknownAccessToken: ProviderRow = { description: (f) => `Invalid access token: ${factText('token')(f)}` };
const invalidScope: ProviderRow = { description: (f) => `Invalid scope: ${factText('scope')(f)}` };

const noRedirectUris = 'At least one redirect_uri must be registered with the client.';
const isEmptyList = (list: unknown): boolean => Array.isArray(list) && list.length === 0;
const invalidRedirect: ProviderRow = {
  error: 'invalid_grant',
  description: (f) =>
    isEmptyList(f.registered)
      ? noRedirectUris
      : `Invalid redirect: ${factText('received')(f)} does not match one of the registered values.`,
};

/** Rows of the error table, in the words of legacy Spring Security OAuth. */
export const tinyemailErrors: Provider['reasons'] = {
  'request.method-not-allowed': {
    error: 'method_not_allowed',
    description: (f) => `Request method '${factText('method')(f)}' not supported`,
  },
  'client.missing': { status: 401, error: 'unauthorized', description: fullAuthentication },
  'client.unknown': badCredentials,
  'client.secret-missing': badCredentials,
  'client.secret-wrong': badCredentials,
  'client.secret-unknown': badCredentials,
  'client.assertion-type': badCredentials,
  'client.assertion-malformed': badCredentials,
  'client.assertion-subject': badCredentials,
  'client.assertion-key-missing': badCredentials,
  'client.assertion-signature': badCredentials,
  'client.assertion-audience': badCredentials,
  'client.assertion-expired': badCredentials,
  'client.assertion-replayed': badCredentials,
  'client.ids-differ': { description: 'Given client ID does not match authenticated client' },
  'grant.missing': { description: 'Missing grant type' },
  'grant.unsupported': { description: 'Unsupported grant type' },
  'grant.implicit': { description: 'Implicit grant type not supported from token endpoint' },
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
  'refresh.expired': expiredRefreshToken,
  'refresh.idle': expiredRefreshToken,
  'scope.malformed': invalidScope,
  'scope.unknown': invalidScope,
  'scope.not-allowed': invalidScope,
  'scope.wider-than-granted': {
    description: (f) => `Unable to narrow the scope of the client authentication to [${[f.asked].flat().join(', ')}].`,
  },
  'authorize.client-missing': badCredentials,
  'authorize.client-unknown': badCredentials,
  'authorize.redirect-uri-missing': {
    error: 'invalid_grant',
    description: (f) =>
      isEmptyList(f.registered)
        ? noRedirectUris
        : 'Invalid redirect: null does not match one of the registered values.',
  },
  'authorize.redirect-uri-malformed': invalidRedirect,
  'authorize.redirect-uri-unregistered': invalidRedirect,
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
};
