import type { Provider, ProviderRow, Refusal } from './provider.js';

const missing = (name: string): ProviderRow => ({ description: `Missing required parameter: ${name}.`, code: 400_004 });
const clientFailed: ProviderRow = {
  status: 401,
  error: 'invalid_client',
  description:
    'Client authentication failed due to unknown client, no client authentication included, or ' +
    'unsupported authentication method.',
  code: 400_005,
};
const grantInvalid: ProviderRow = {
  status: 400,
  error: 'invalid_grant',
  description:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI ' +
    'used in the authorization request, or was issued to another client.',
  code: 401_001,
};
const scopeInvalid: ProviderRow = {
  description: 'The requested scope is invalid, unknown, or malformed.',
  code: 400_008,
};
const tokenInvalid: ProviderRow = { description: 'The access token is invalid', code: 401_001 };
const challengeMethodInvalid: ProviderRow = {
  error: 'invalid_code_challenge_method',
  description: 'The code challenge method must be plain or S256.',
};
const redirectInvalid: ProviderRow = {
  error: 'invalid_redirect_uri',
  description: "The requested redirect uri is malformed or doesn't match client redirect URI.",
};

/**
 * Doorkeeper's error texts, with the codes of DottedSign's error override. It returns state with the errors that it
 * raises before a request object exists.
 */
export const dottedsignErrors: Provider['reasons'] = {
  'request.method-not-allowed': { status: 404, error: 'not_found', description: 'No route matches.' },
  'request.content-type-malformed': { status: 406, error: 'not_acceptable', description: 'Not Acceptable' },
  'request.accept-malformed': { status: 406, error: 'not_acceptable', description: 'Not Acceptable' },
  'grant.missing': { ...missing('grant_type'), echoesState: true },
  'grant.unsupported': {
    echoesState: true,
    description: 'The authorization grant type is not supported by the authorization server.',
  },
  'grant.unauthorized': { description: 'The client is not authorized to perform this request using this method.' },
  'code.missing': { ...missing('code'), echoesState: true },
  'code.redirect-uri-missing': missing('redirect_uri'),
  'refresh.missing': missing('refresh_token'),
  'password.username-missing': { ...grantInvalid, echoesState: true },
  'password.password-missing': { ...grantInvalid, echoesState: true },
  'password.wrong': { ...grantInvalid, echoesState: true },
  'password.provider-unknown': {
    echoesState: true,
    error: 'strategy_not_found',
    description: 'The authentication strategy is not found.',
    code: 404_046,
  },
  'client.missing': clientFailed,
  'client.unknown': clientFailed,
  'client.secret-missing': clientFailed,
  'client.secret-wrong': clientFailed,
  'client.secret-unknown': clientFailed,
  'client.assertion-type': clientFailed,
  'client.assertion-malformed': clientFailed,
  'client.assertion-subject': clientFailed,
  'client.assertion-key-missing': clientFailed,
  'client.assertion-signature': clientFailed,
  'client.assertion-audience': clientFailed,
  'client.assertion-expired': clientFailed,
  'client.assertion-replayed': clientFailed,
  'client.ids-differ': clientFailed,
  'code.unknown': grantInvalid,
  'code.expired': grantInvalid,
  'code.replayed': grantInvalid,
  'code.revoked': grantInvalid,
  'code.other-client': grantInvalid,
  'code.redirect-uri-differs': grantInvalid,
  'pkce.verifier-mismatch': grantInvalid,
  'pkce.verifier-malformed': grantInvalid,
  'pkce.verifier-unexpected': grantInvalid,
  'pkce.method-missing': challengeMethodInvalid,
  'pkce.method-unsupported': challengeMethodInvalid,
  'pkce.verifier-missing': { error: 'invalid_request', ...missing('code_verifier') },
  'refresh.unknown': grantInvalid,
  'refresh.expired': grantInvalid,
  'refresh.idle': grantInvalid,
  'refresh.revoked': grantInvalid,
  'refresh.replaced': grantInvalid,
  'refresh.removed': grantInvalid,
  'refresh.client-missing': grantInvalid,
  'refresh.other-client': grantInvalid,
  'scope.malformed': scopeInvalid,
  'scope.unknown': scopeInvalid,
  'scope.not-allowed': scopeInvalid,
  'scope.wider-than-granted': scopeInvalid,
  'authorize.client-missing': { error: 'invalid_request', description: 'Missing required parameter: client_id.' },
  'authorize.client-unknown': {
    status: 401,
    error: 'invalid_client',
    description:
      'Client authentication failed due to unknown client, no client authentication included, or ' +
      'unsupported authentication method.',
  },
  'authorize.redirect-uri-missing': redirectInvalid,
  'authorize.redirect-uri-malformed': redirectInvalid,
  'authorize.redirect-uri-unregistered': redirectInvalid,
  'authorize.response-type-missing': { description: 'Missing required parameter: response_type.' },
  'authorize.response-type-unsupported': {
    description: 'The authorization server does not support this response type.',
  },
  'authorize.response-mode-unsupported': {
    description: 'The authorization server does not support this response mode.',
  },
  'page.forged': { status: 422 },
  'authorize.denied': {
    status: 400,
    description: 'The resource owner or authorization server denied the request.',
  },
  'bearer.missing': tokenInvalid,
  'bearer.malformed': tokenInvalid,
  'bearer.unknown': tokenInvalid,
  'bearer.removed': tokenInvalid,
  'bearer.expired': { description: 'The access token expired', code: 401_001 },
  'bearer.revoked': { description: 'The access token was revoked', code: 401_001 },
  'bearer.insufficient-scope': {
    status: 403,
    description: ({ needed }) => `Access to this resource requires scope "${(needed as readonly string[]).join(' ')}".`,
    code: 403_001,
  },
  'resource.suspended': { status: 403, code: 403_002 },
  'resource.too-many-calls': { status: 429, code: 429_001 },
  'resource.unknown': { status: 404, code: 404_001 },
  'revoke.unauthorized': {
    status: 403,
    error: 'unauthorized_client',
    description: 'You are not authorized to revoke this token',
  },
  'introspect.unauthorized': {
    status: 400,
    error: 'invalid_request',
    description:
      'The request is missing a required parameter, includes an unsupported parameter value, ' +
      'or is otherwise malformed.',
    code: 400_004,
  },
  'introspect.bearer-not-allowed': { description: 'The access token is invalid' },
};

/** Names of the codes in DottedSign's error table. */
const errorKeys: Readonly<Record<number, string>> = {
  400_002: 'invalid_token',
  400_003: 'invalid_member',
  400_004: 'invalid_request',
  400_005: 'invalid_client',
  400_008: 'invalid_scope',
  401_001: 'invalid_grant',
  403_001: 'doorkeeper_forbidden',
  403_002: 'invalid_action',
  404_001: 'not_found',
  404_046: 'strategy_not_found',
  429_001: 'rate_limit',
};
const codes = new Map(Object.entries(errorKeys).map(([code, key]) => [key, Number(code)]));
// RFC 6750 §3.1 has another name for it
codes.set('insufficient_scope', 403_001);

/** Messages of the table that are not the key in words. */
const messages: Readonly<Record<number, string>> = {
  403_001: 'doorkeeper_forbidden',
  403_002: 'not allow for this action',
};

/** The code of an error, for errors that have one code for every reason. */
export const codeOf = (error: string): number | undefined => codes.get(error);

/** DottedSign's three error members. The first three digits of the code are the HTTP status at the API. */
export function errorTriple({ error, code = codeOf(error) }: Pick<Refusal, 'error' | 'code'>): {
  error_code?: number;
  error_message?: string;
  error_key?: string;
} {
  if (code === undefined) return {};
  const key = errorKeys[code] ?? error;
  return { error_code: code, error_message: messages[code] ?? key.replaceAll('_', ' '), error_key: key };
}
