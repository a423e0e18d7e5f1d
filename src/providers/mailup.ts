import { json, standard, tokenMembers } from './standard.js';
import { minutes, hours, never, standardPolicy } from './standard-policy.js';
import { frameworkPolicy } from './framework-policy.js';
import { mailupFacts } from './mailup.facts.js';
import { mailupResources } from './mailup.resources.js';
import { alphanumeric, base62Pairs } from './text.js';
import type { AnyFacts } from '../core/errors.js';
import type { Provider, ProviderRow } from './provider.js';

const type = { 'content-type': 'application/json; charset=utf-8' };

const credentialsInvalid: ProviderRow = {
  status: 400,
  error: 'invalid_client',
  description: 'Client credentials are invalid',
};

/** `ErrorName` by status. A 429 has none. */
const errorNames: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** MailUp, by its documentation and the official samples. */
export const mailup: Provider<'mailup'> = {
  ...standard,
  name: 'mailup',
  title: 'MailUp',
  accent: 'blue',
  origin: 'https://services.mailup.com',
  hosts: ['services.mailup.com'],
  endpoints: {
    authorize: ['/Authorization/OAuth/LogOn', '/Authorization/OAuth/Authorization'],
    token: ['/Authorization/OAuth/Token'],
    revoke: [],
    introspect: [],
    tokenInfo: [],
    userinfo: [],
    metadata: [],
    login: '/Authorization/OAuth/Login',
    api: ['/API/v1.1/Rest'],
  },

  policy: {
    ...standardPolicy,
    ...frameworkPolicy,
    codeSeconds: minutes(10),
    accessTokenSeconds: hours(1),
    refreshTokenSeconds: never,
    grants: ['authorization_code', 'refresh_token', 'password'],
    redirectUriMatching: 'ignore-query',
    echoState: false,
    tokenTypeInRedirect: true,
    authorizeBodyTypes: ['form', 'multipart'],
    basicBase64: 'lenient',
    passwordAtAuthorize: true,
    scopeParameter: 'ignored',
    pkce: 'ignored',
    tokenMethods: ['GET', 'POST'],
    tokenParametersIn: ['body', 'query'],
    brokenEncoding: 'kept',
    clientCredentialsIn: ['basic', 'body', 'query'],
    clientCredentialsTwice: 'accepted-if-same',
    basicWithoutScheme: true,
    basicDecoding: 'any',
    clientAtCodeExchange: 'optional',
    redirectUriAtToken: 'optional',
    redirectUriAtTokenMatching: 'ignore-query',
    bearerTwice: 'first-counts',
    cors: true,
    pathLetterCase: 'ignored',
    rawBytesInUrl: 'accepted',
    tokenCaching: 'as-the-framework',
  },

  // 64 bytes, each as two base-62 digits.
  generators: (random) => ({
    accessToken: () => base62Pairs(random, 64),
    refreshToken: () => base62Pairs(random, 64),
    code: () => alphanumeric(random, 32),
  }),

  // The token endpoint answers every error with 400, never with 401.
  reasons: {
    'client.missing': credentialsInvalid,
    'client.unknown': credentialsInvalid,
    'client.secret-missing': credentialsInvalid,
    'client.secret-wrong': credentialsInvalid,
    'client.secret-unknown': credentialsInvalid,
    'client.assertion-type': credentialsInvalid,
    'client.assertion-malformed': credentialsInvalid,
    'client.assertion-subject': credentialsInvalid,
    'client.assertion-key-missing': credentialsInvalid,
    'client.assertion-signature': credentialsInvalid,
    'client.assertion-audience': credentialsInvalid,
    'client.assertion-expired': credentialsInvalid,
    'client.assertion-replayed': credentialsInvalid,
    'client.ids-differ': credentialsInvalid,
    'bearer.missing': { status: 401, description: 'Access token is missing' },
    'bearer.malformed': { status: 400, description: 'Access token is malformed' },
    'bearer.twice': { status: 400, description: 'Access token was sent twice' },
    'bearer.unknown': { status: 400, description: 'Access token is invalid' },
    'bearer.expired': { status: 401, description: 'Access token is expired' },
    'bearer.removed': { status: 400, description: 'Access token is invalid' },
    'bearer.revoked': { status: 401, description: 'Access token is revoked' },
    'resource.suspended': {
      status: 403,
      description: 'Contract not signed, please login in console and accept terms of service.',
    },
    'resource.too-many-calls': {
      status: 429,
      description: (f: AnyFacts) =>
        `Too many requests. Max:${String(f.limit)} calls per second , actual:${String(f.actual)}.`,
    },
  },

  tokenAnswer(issued) {
    // Exactly these three members, in this order, compact: MailUp's own sample extracts them from the text.
    const { access_token, expires_in, refresh_token } = tokenMembers(issued);
    return json(200, type, { access_token, expires_in, refresh_token });
  },

  codeAnswer: (code) => json(200, type, { code }),

  tokenRefusal: (refusal) =>
    json(refusal.status, type, { error: refusal.error, error_description: refusal.description }),

  bearerRefusal(refusal) {
    const { status, error, description } = refusal;
    const kind = error === 'too_many_requests' ? ` (${error})` : '';
    return json(status, type, {
      // ErrorCode is a string, not a number.
      ErrorCode: String(status),
      ErrorDescription: isAuthorization(refusal.reason) ? `Authorization error${kind}: ${description}` : description,
      ErrorName: errorNames[status] ?? null,
      ErrorStack: null,
    });
  },

  resources: mailupResources,
  facts: mailupFacts,
  // the samples: the secret in the LogOn URL, the account in the URL of 2013; the Token URL has only the code
  documentedInUrl: { authorize: ['client_secret', 'username', 'password'], token: ['code', 'grant_type'] },
  conventions: { credentials: 'basic', apiPath: '/ConsoleService.svc/Console/Authentication/Info' },
};

function isAuthorization(reason: string): boolean {
  return reason.startsWith('bearer.') || reason === 'resource.suspended' || reason === 'resource.too-many-calls';
}
