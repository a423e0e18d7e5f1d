import { secondsLeft } from '../../core/issue.js';
import { unixSeconds } from '../standard.js';
import { quotedDescription } from './written-description.js';
import type { Access } from '../../core/bearer.js';
import type { AccessToken, Grant, Instant, IssuedPair, IssuedTokens, RefreshToken } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';
import type { Answering, Refusal } from '../provider.js';
import type { Variables } from './template.js';

/** The templates of a provider that read the same variables. */
export type TemplateKind =
  | 'token'
  | 'code'
  | 'introspect'
  | 'revoke'
  | 'userinfo'
  | 'metadata'
  | 'callback'
  | 'idToken'
  | 'secondToken'
  | 'error'
  | 'resource';

const members = (names: string): readonly string[] => names.split(' ');

const ofRequest = members('parameters path now base_url accept headers request_id');
const ofTokens = [
  ...members('access_token token_type expires_in expires_at issued_at refresh_token refresh_expires_in'),
  ...members('refresh_absolute_expires_in scope scopes grant_type'),
];
const everywhere = [...members('client user authorize'), ...ofRequest];

/** The variables of each kind of template. A name with a dot is the only one of its kind that a template can read. */
export const variableNames: Readonly<Record<TemplateKind, readonly string[]>> = {
  token: [...ofTokens, ...members('id_token second is_second'), ...everywhere],
  code: members('code'),
  introspect: members('active token_type scope scopes expires_at issued_at client user'),
  revoke: [],
  userinfo: members('client user scope scopes path base_url now headers request_id'),
  metadata: members('metadata path base_url'),
  idToken: [...ofTokens, ...members('claims auth_time'), ...everywhere],
  secondToken: members('scope scopes grant_type client user authorize now'),
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
    second: issued.second && secondVariable(issued.second, issued.at),
    is_second: accessToken.isSecond === true,
    ...(refreshToken === undefined ? {} : refreshEnds(refreshToken, issued, answering)),
    ...scopeVariables(scopes),
    grant_type: grantType,
    ...(answering === undefined ? {} : circumstances(answering, grant)),
  };
}

/** The members of the variable `second`. */
function secondVariable({ accessToken, refreshToken }: IssuedPair, at: Instant): Variables {
  const { token, expiresAt, scopes } = accessToken;
  const isLimited = Number.isFinite(expiresAt);
  return {
    access_token: token,
    expires_in: secondsUntil(expiresAt, at),
    expires_at: isLimited ? unixSeconds(expiresAt) : undefined,
    refresh_token: refreshToken?.token,
    ...scopeVariables(scopes),
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
