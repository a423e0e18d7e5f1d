import { createHash } from 'node:crypto';
import { bearerChallenge, days, errorMembers, json, minutes, never, standard, standardPolicy, tokenMembers } from './standard.js';
import { dottedsignFacts } from './dottedsign.facts.js';
import { dottedsignResources } from './dottedsign.resources.js';
import { base64url } from './text.js';
import type { Provider, ProviderRow, Refusal, WireAnswer } from './provider.js';

const type = { 'content-type': 'application/json; charset=utf-8' };

const missing = (name: string): ProviderRow => ({ description: `Missing required parameter: ${name}.`, code: 400_004 });
const clientFailed: ProviderRow = {
  status: 401,
  error: 'invalid_client',
  description: 'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  code: 400_005,
};
const grantInvalid: ProviderRow = {
  status: 400,
  error: 'invalid_grant',
  description: 'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  code: 401_001,
};
const scopeInvalid: ProviderRow = { description: 'The requested scope is invalid, unknown, or malformed.', code: 400_008 };
const tokenInvalid: ProviderRow = { description: 'The access token is invalid', code: 401_001 };
const redirectInvalid: ProviderRow = { error: 'invalid_redirect_uri', description: "The requested redirect uri is malformed or doesn't match client redirect URI." };

/** Doorkeeper 5.6 with DottedSign's published settings, as measured; that the cloud runs the same is inferred. */
export const dottedsign: Provider = {
  ...standard,
  name: 'dottedsign',
  title: 'DottedSign',
  accent: 'violet',
  origin: 'https://api.dottedsign.com',
  hosts: ['api.dottedsign.com', 'api.sandbox.dottedsign.com'],
  endpoints: {
    authorize: ['/v1/oauth/authorize', '/oauth/authorize'],
    // the paths without /v1 are the self-hosted edition's
    token: ['/v1/oauth/token', '/oauth/token', '/oauth/token/refresh'],
    revoke: ['/v1/oauth/revoke', '/oauth/revoke'],
    introspect: ['/v1/oauth/introspect', '/oauth/introspect'],
    tokenInfo: ['/v1/oauth/token/info', '/oauth/token/info'],
    login: '/login',
    api: ['/v1', '/api/v1'],
  },
  scopes: {
    'sign_tasks.general.read': { words: 'See your signature tasks' },
    'sign_tasks.general.write': { words: 'Create and change your signature tasks' },
    'files.general.read': { words: 'See your files' },
    'files.general.write': { words: 'Upload and change your files' },
    'groups.general.read': { words: 'See your groups' },
    'groups.general.write': { words: 'Change your groups' },
    'groups.seals.read': { words: "See your groups' seals" },
    'groups.seals.write': { words: "Change your groups' seals" },
    'groups.sign_tasks.read': { words: "See your groups' signature tasks" },
    third_party: { words: 'Work as a connected application' },
    embedded_signing: { words: 'Let people sign inside the application', grants: ['client_credentials'] },
  },

  policy: {
    ...standardPolicy,
    codeSeconds: minutes(10),
    accessTokenSeconds: days(2),
    refreshTokenSeconds: never,
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    redirectUriMatching: 'loopback-any-port',
    redirectUriRequired: 'always',
    authorizeRefusals: 'page',
    refusalPageStatus: 'always-200',
    consent: 'skipped-while-a-token-lives',
    tokenParametersIn: ['body', 'query'],
    tokenBodyTypes: ['form', 'json'],
    tokenChecksFirst: 'parameters',
    clientCredentialsIn: ['basic', 'body', 'query'],
    clientCredentialsTwice: 'accepted-if-same',
    redirectUriAtToken: 'required',
    passwordGrantUsername: 'email',
    replayRevokesTokens: false,
    refreshRotation: 'retire-previous-on-first-use',
    bearerIn: ['header', 'query'],
  },

  generators: (random) => ({
    accessToken: () => base64url(random, 32),
    refreshToken: () => base64url(random, 32),
    code: () => base64url(random, 32),
  }),

  reasons: {
    'request.method-not-allowed': { status: 404, error: 'not_found', description: 'No route matches.' },
    'grant.missing': missing('grant_type'),
    'grant.unsupported': { description: 'The authorization grant type is not supported by the authorization server.' },
    'grant.unauthorized': { description: 'The client is not authorized to perform this request using this method.' },
    'code.missing': missing('code'),
    'code.redirect-uri-missing': missing('redirect_uri'),
    'refresh.missing': missing('refresh_token'),
    'password.username-missing': grantInvalid,
    'password.password-missing': grantInvalid,
    'password.wrong': grantInvalid,
    'client.missing': clientFailed,
    'client.unknown': clientFailed,
    'client.secret-missing': clientFailed,
    'client.secret-wrong': clientFailed,
    'code.unknown': grantInvalid,
    'code.expired': grantInvalid,
    'code.replayed': grantInvalid,
    'code.revoked': grantInvalid,
    'code.other-client': grantInvalid,
    'code.redirect-uri-differs': grantInvalid,
    'pkce.verifier-mismatch': grantInvalid,
    'pkce.verifier-malformed': grantInvalid,
    'pkce.verifier-missing': { error: 'invalid_request', ...missing('code_verifier') },
    'refresh.unknown': grantInvalid,
    'refresh.expired': grantInvalid,
    'refresh.revoked': grantInvalid,
    'refresh.replaced': grantInvalid,
    'refresh.other-client': grantInvalid,
    'scope.malformed': scopeInvalid,
    'scope.unknown': scopeInvalid,
    'scope.not-allowed': scopeInvalid,
    'scope.wider-than-granted': scopeInvalid,
    'authorize.client-missing': { error: 'invalid_request', description: 'Missing required parameter: client_id.' },
    'authorize.client-unknown': { status: 401, error: 'invalid_client', description: 'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.' },
    'authorize.redirect-uri-missing': redirectInvalid,
    'authorize.redirect-uri-malformed': redirectInvalid,
    'authorize.redirect-uri-unregistered': redirectInvalid,
    'authorize.response-type-missing': { description: 'Missing required parameter: response_type.' },
    'authorize.response-type-unsupported': { description: 'The authorization server does not support this response type.' },
    'authorize.denied': { description: 'The resource owner or authorization server denied the request.' },
    'bearer.missing': tokenInvalid,
    'bearer.malformed': tokenInvalid,
    'bearer.unknown': tokenInvalid,
    'bearer.expired': { description: 'The access token expired', code: 401_001 },
    'bearer.revoked': { description: 'The access token was revoked', code: 401_001 },
    'bearer.insufficient-scope': { status: 403, code: 403_001 },
    'resource.suspended': { status: 403, code: 403_002 },
    'resource.too-many-calls': { status: 429, code: 429_001 },
    'resource.unknown': { status: 404, code: 404_001 },
    'revoke.unauthorized': { status: 403, error: 'unauthorized_client', description: 'You are not authorized to revoke this token' },
    'introspect.unauthorized': { status: 400, error: 'invalid_request', description: 'The request is missing client authentication.' },
  },

  tokenAnswer(issued) {
    const { access_token, expires_in, refresh_token, scope } = tokenMembers(issued);
    const created_at = Math.floor(issued.accessToken.issuedAt / 1000);
    return json(200, { ...type, 'cache-control': 'no-store' }, { access_token, token_type: 'Bearer', expires_in, refresh_token, scope, created_at });
  },

  tokenRefusal(refusal) {
    if (refusal.reason === 'request.body-malformed') return emptyHtml(refusal.status);
    if (refusal.reason === 'request.method-not-allowed') return emptyHtml(404);
    const headers = { ...type, 'cache-control': 'no-store', 'www-authenticate': bearerChallenge('Doorkeeper', refusal) };
    return json(refusal.status, headers, { ...errorMembers(refusal), ...errorTriple(refusal) });
  },

  bearerRefusal(refusal) {
    const headers: Record<string, string> = { ...type };
    if (refusal.status === 401 || refusal.status === 403) headers['www-authenticate'] = bearerChallenge('Doorkeeper', refusal);
    const triple = errorTriple({ ...refusal, code: refusal.code ?? refusal.status * 1000 });
    const detailed = refusal.reason.startsWith('bearer.') ? { error_message: `${triple.error_message}: ${refusal.description}` } : {};
    return json(refusal.status, headers, { ...triple, ...detailed });
  },

  everyAnswer({ status, body, requestId, seconds }) {
    const etag = status === 200 && body !== '' ? { etag: `W/"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"` } : {};
    return { ...etag, ...rails, 'x-request-id': requestId(), 'x-runtime': seconds.toFixed(6) };
  },

  consentForm: {
    antiForgery: 'authenticity_token',
    allow: { name: 'commit', value: 'Authorize' },
    deny: { name: '_method', value: 'delete' },
    hidden: ({ client, redirectUri, state, scopes, challenge }) => [
      { name: 'client_id', value: client.id },
      { name: 'redirect_uri', value: redirectUri },
      { name: 'state', value: state ?? '' },
      { name: 'response_type', value: 'code' },
      { name: 'response_mode', value: 'query' },
      { name: 'scope', value: scopes.join(' ') },
      { name: 'code_challenge', value: challenge?.value ?? '' },
      { name: 'code_challenge_method', value: challenge?.method ?? '' },
    ],
  },
  loginFields: { username: 'username', password: 'password', antiForgery: 'authenticity_token' },

  resources: dottedsignResources,
  facts: dottedsignFacts,
};

/** What Rails puts on whatever it answers. */
const rails = {
  'x-frame-options': 'SAMEORIGIN',
  'x-xss-protection': '1; mode=block',
  'x-content-type-options': 'nosniff',
  'x-download-options': 'noopen',
  'x-permitted-cross-domain-policies': 'none',
  'referrer-policy': 'strict-origin-when-cross-origin',
  vary: 'Accept',
};

/** Names of the codes, as DottedSign's error table has them. */
const errorKeys: Readonly<Record<number, string>> = {
  400_002: 'invalid_token', 400_003: 'invalid_member', 400_004: 'invalid_request', 400_005: 'invalid_client', 400_008: 'invalid_scope',
  401_001: 'invalid_grant', 403_001: 'insufficient_scope', 403_002: 'invalid_action', 404_001: 'not_found', 429_001: 'rate_limit',
};

/** DottedSign's own three members: the first three digits of the code are the status that it has at the API. */
function errorTriple({ code, error }: Refusal): { error_code?: number; error_message?: string; error_key?: string } {
  if (code === undefined) return {};
  const key = errorKeys[code] ?? error;
  return { error_code: code, error_message: key.replaceAll('_', ' '), error_key: key };
}

const emptyHtml = (status: number): WireAnswer => ({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '' });
