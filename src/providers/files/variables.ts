import { secondsLeft } from '../../core/issue.js';
import { unixSeconds } from '../standard.js';
import { quotedDescription } from './written-description.js';
import type { Access } from '../../core/bearer.js';
import type { AccessToken, Grant, Instant, IssuedTokens, RefreshToken } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';
import type { Answering, Refusal } from '../provider.js';
import type { Variables } from './template.js';

/** The templates of a provider that read the same variables. */
export type TemplateKind =
  'token' | 'code' | 'introspect' | 'revoke' | 'userinfo' | 'metadata' | 'callback' | 'idToken' | 'error' | 'resource';

const members = (names: string): readonly string[] => names.split(' ');

const ofRequest = members('parameters path now base_url accept headers request_id');
const ofTokens = [
  ...members('access_token token_type expires_in expires_at issued_at refresh_token refresh_expires_in'),
  ...members('refresh_absolute_expires_in scope scopes grant_type'),
];
const everywhere = [...members('client user authorize'), ...ofRequest];

/** The variables of each kind of template. A name with a dot is the only one of its kind that a template can read. */
export const variableNames: Readonly<Record<TemplateKind, readonly string[]>> = {
  token: [...ofTokens, 'id_token', ...everywhere],
  code: members('code'),
  introspect: members('active token_type scope scopes expires_at issued_at client user'),
  revoke: [],
  userinfo: members('client user scope scopes path base_url now headers request_id'),
  metadata: members('metadata path base_url'),
  idToken: [...ofTokens, ...members('claims auth_time'), ...everywhere],
  callback: [...members('code state iss token_type expires_in scope scopes'), ...everywhere],
  error: [
    ...members('status error description code reason family facts state iss json_description challenge_description'),
    ...ofRequest,
  ],
  resource: [
    ...members('client user scope scopes path query body method now base_url accept headers request_id'),
    'signing_key',
  ],
};

/** What each variable is, for the reference page. */
export const variableMeanings: Readonly<Record<string, string>> = {
  access_token: 'the access token',
  refresh_token: 'the refresh token, if there is one',
  token_type: '`Bearer`; in a callback only if the policy `tokenTypeInRedirect` says so',
  expires_in: 'seconds that the access token lives, if it ends; in a callback only by `expiresInRedirect`',
  expires_at: 'when it ends, in seconds since 1970',
  issued_at: 'when it was issued, in seconds since 1970',
  refresh_expires_in: 'seconds that the refresh token lives, if it ends',
  refresh_absolute_expires_in: 'seconds until the refresh tokens of the grant end (policy `refreshTokenAbsolute`)',
  id_token: 'the signed ID token, if `answers.idToken` makes one for this answer',
  claims: 'the claims of the ID token before those of the file: `claims.NAME`',
  auth_time: 'when the user allowed the request, in seconds since 1970',
  signing_key: 'the key that signs ID tokens: `signing_key.kid`, and `signing_key.pem`, the public key as PEM',
  scope: 'the granted scopes with blanks between them, if there are any',
  scopes: 'the same as a list; it is empty if there are none',
  grant_type: 'the grant type of the request',
  code: 'the authorization code; in an error, the number of the row in `reasons`',
  state: 'the parameter state, if it is returned',
  iss: 'in a redirect, the issuer (RFC 9207), if the policy `issuerInRedirect` sends it',
  metadata: 'what would be sent, by the names of RFC 8414: `metadata.issuer`',
  active: 'whether the token is good',
  client: '`client.id`, `client.name`',
  user: '`user.id`, `user.username`, `user.name`, `user.suspended`, `user.profile.NAME`',
  authorize: 'its own parameters of the authorization request: `authorize.NAME`',
  parameters: 'what the client sent, without secrets: `parameters.NAME`',
  path: 'the variables of the path and of the host: `path.NAME`',
  query: 'the parameters of the query, without secrets: `query.NAME`',
  body: 'the body of the request, without secrets: `body.NAME`',
  method: 'the method of the request',
  now: 'the time of the world, in milliseconds since 1970',
  base_url: 'the URL of the provider for this client',
  accept: 'the header Accept',
  headers: 'the headers without secrets, by name in lower case: `headers["notion-version"]`',
  request_id: 'a UUID, another one at each place',
  status: 'the status of the row in the error table',
  error: 'its error code',
  description: 'its text',
  json_description: 'the text as the policy `descriptionInJson` has it',
  challenge_description: 'the text in quotation marks, as the policy `descriptionInChallenge` has it',
  reason: 'the reason: `code.expired`',
  family: 'the first word of the reason: `code`',
  facts: 'what the reason is about: `facts.NAME`, as in the journal',
};

/** The variables of an answer with tokens. */
export function tokenVariables(issued: IssuedTokens, answering: Answering | undefined): Variables {
  const { accessToken, refreshToken, grantType } = issued;
  const { scopes, token, expiresAt, issuedAt, grant } = accessToken;
  const isLimited = Number.isFinite(expiresAt);
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: isLimited ? secondsLeft(issued) : undefined,
    expires_at: isLimited ? unixSeconds(expiresAt) : undefined,
    issued_at: unixSeconds(issuedAt),
    refresh_token: refreshToken?.token,
    id_token: issued.idToken,
    ...(refreshToken === undefined ? {} : refreshEnds(refreshToken, issued, answering)),
    ...scopeVariables(scopes),
    grant_type: grantType,
    ...(answering === undefined ? {} : circumstances(answering, grant)),
  };
}

/** The variables of an answer about a token; undefined: one that is not active. */
export function introspectVariables(token: AccessToken | RefreshToken | undefined): Variables {
  if (token === undefined) return { active: false };
  return {
    active: true,
    token_type: 'Bearer',
    ...scopeVariables(token.scopes),
    expires_at: Number.isFinite(token.expiresAt) ? unixSeconds(token.expiresAt) : undefined,
    issued_at: unixSeconds(token.issuedAt),
    client: { id: token.grant.clientId },
    user: { id: token.grant.userId },
  };
}

/** The variables of a refusal. */
export function errorVariables(refusal: Refusal, answering: Answering | undefined): Variables {
  const { status, error, description, code, reason, facts, state } = refusal;
  return {
    status,
    error,
    description,
    code,
    reason,
    family: reason.split('.', 1)[0],
    facts,
    state,
    ...quotedDescription(refusal),
    ...(answering === undefined ? {} : requestVariables(answering)),
  };
}

/** The variables about a request alone. A function is called when a template reads its variable, and only then. */
export function requestVariables(answering: Answering): Variables {
  return {
    parameters: () => answering.parameters,
    path: () => answering.path,
    now: answering.realm.now(),
    base_url: () => answering.baseUrl,
    accept: answering.accept,
    headers: () => answering.headers,
    request_id: () => answering.requestId,
  };
}

/** The variables of an answer about the user of an access token. */
export function userinfoVariables({ token, user }: Access, answering: Answering): Variables {
  const { realm, path, baseUrl } = answering;
  return {
    client: clientVariable(realm, token.grant.clientId),
    user: userVariable(realm, user?.id),
    ...scopeVariables(token.scopes),
    path,
    base_url: baseUrl,
    now: realm.now(),
    headers: () => answering.headers,
    request_id: () => answering.requestId,
  };
}

/** The variables about the request that is answered. */
export function circumstances(answering: Answering, { clientId, userId, parameters: authorize }: Grant): Variables {
  const { realm } = answering;
  return {
    client: () => clientVariable(realm, clientId),
    user: () => userVariable(realm, userId),
    authorize,
    ...requestVariables(answering),
  };
}

/** A list of scopes, as the text of RFC 6749 and as a list. Without a scope there is no text, and the list is empty. */
export const scopeVariables = (scopes: readonly string[]): Variables =>
  scopes.length === 0 ? { scopes } : { scope: scopes.join(' '), scopes };

/** What templates may know of a client: never its secret. */
export const clientVariable = (realm: Realm, id: string): Variables => ({ id, name: realm.clients.get(id)?.name });

/** What templates may know of a user: never the password. */
export function userVariable(realm: Realm, id: string | undefined): Variables | undefined {
  const user = id === undefined ? undefined : realm.users.get(id);
  if (user === undefined) return undefined;
  const { username, name, profile, suspended } = user;
  return { id, username, name, profile, suspended };
}

/** When a refresh token ends, and when all of its grant do. A policy that was changed may say: before now. */
function refreshEnds(
  { expiresAt, grant }: RefreshToken,
  { at }: IssuedTokens,
  answering: Answering | undefined,
): Variables {
  const { refreshTokenAbsoluteSeconds = Infinity } = answering?.realm.policy ?? {};
  return {
    refresh_expires_in: secondsUntil(expiresAt, at),
    refresh_absolute_expires_in: secondsUntil(grant.createdAt + refreshTokenAbsoluteSeconds * 1000, at),
  };
}

const secondsUntil = (end: Instant, at: Instant): number | undefined =>
  Number.isFinite(end) ? Math.max(0, Math.floor((end - at) / 1000)) : undefined;
