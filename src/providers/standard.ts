import { secondsLeft } from '../core/issue.js';
import { isMediaTypeList } from '../input/media-type.js';
import { standardPolicy } from './standard-policy.js';
import { base64url, quoted } from './text.js';
import type { Instant, IssuedTokens } from '../core/model.js';
import type { Provider, Refusal, WireAnswer } from './provider.js';

/** An instant in whole seconds since the epoch (RFC 7662 §2.2: `exp`, `iat`). */
export const unixSeconds = (instant: Instant): number => Math.floor(instant / 1000);

const jsonType = { 'content-type': 'application/json;charset=UTF-8' };

const introspectionType = { 'content-type': 'application/json; charset=utf-8' };

/** A change of the policy changes the metadata, so no cache keeps them. */
const metadataHeaders = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** An answer with a JSON body. */
export function json(status: number, headers: Readonly<Record<string, string>>, body: unknown): WireAnswer {
  return {
    status,
    headers: 'content-type' in headers ? headers : { ...jsonType, ...headers },
    body: JSON.stringify(body),
  };
}

/** Headers of answers with tokens, which must not be cached (RFC 6749 §5.1). */
export const noStore = { ...jsonType, 'cache-control': 'no-store', pragma: 'no-cache' };

/** The members of a token answer (RFC 6749 §5.1). JSON omits the undefined ones. */
export function tokenMembers(issued: IssuedTokens): {
  access_token: string;
  expires_in: number | undefined;
  refresh_token: string | undefined;
  scope: string | undefined;
} {
  const { accessToken, refreshToken } = issued;
  return {
    access_token: accessToken.token,
    expires_in: Number.isFinite(accessToken.expiresAt) ? secondsLeft(issued) : undefined,
    refresh_token: refreshToken?.token,
    scope: accessToken.scopes.length > 0 ? accessToken.scopes.join(' ') : undefined,
  };
}

/** The members of an error answer (RFC 6749 §5.2). */
export const errorMembers = ({ error, description }: Refusal): { error: string; error_description: string } => ({
  error,
  error_description: description,
});

/** A WWW-Authenticate challenge (RFC 6750 §3). */
export const bearerChallenge = (realm: string, { error, description }: Refusal): string =>
  `Bearer realm=${quoted(realm)}, error=${quoted(error)}, error_description=${quoted(description)}`;

/** The default behaviour. A provider overrides what differs. */
export const standard = {
  accent: 'slate',
  policy: standardPolicy,
  scopes: {},
  reasons: {},
  resources: [],
  facts: [],
  generators: (random) => ({
    accessToken: () => base64url(random, 32),
    refreshToken: () => base64url(random, 32),
    code: () => base64url(random, 32),
  }),

  tokenAnswer(issued) {
    const { access_token, expires_in, refresh_token, scope } = tokenMembers(issued);
    const { idToken: id_token } = issued;
    return json(200, noStore, { access_token, token_type: 'Bearer', expires_in, refresh_token, scope, id_token });
  },

  tokenRefusal(refusal) {
    // RFC 6749 §5.2: a 401 names the authentication scheme.
    const challenge = refusal.status === 401 ? { 'www-authenticate': 'Basic realm="token"' } : {};
    return json(refusal.status, { ...noStore, ...challenge }, errorMembers(refusal));
  },

  codeAnswer: (code) => json(200, {}, { code }),

  revokeAnswer: () => json(200, {}, {}),

  // RFC 7662 §2.2
  introspectAnswer(token) {
    if (token === undefined) return json(200, introspectionType, { active: false });
    return json(200, introspectionType, {
      active: true,
      scope: token.scopes.join(' '),
      client_id: token.grant.clientId,
      token_type: 'Bearer',
      exp: token.expiresAt === Infinity ? undefined : unixSeconds(token.expiresAt),
      iat: unixSeconds(token.issuedAt),
    });
  },

  // RFC 9068 §2.2: a token without a user is about its client
  userinfoAnswer({ token, user }) {
    if (user === undefined) return json(200, noStore, { sub: token.grant.clientId });
    const { id, name, username, profile } = user;
    return json(200, noStore, { sub: id, name, preferred_username: username, ...profile });
  },

  metadataAnswer: (metadata) => json(200, metadataHeaders, metadata),

  bearerRefusal(refusal) {
    const challenge =
      refusal.status === 401 || refusal.status === 403 ? { 'www-authenticate': bearerChallenge('api', refusal) } : {};
    return json(refusal.status, challenge, errorMembers(refusal));
  },

  refusesAccept: ({ headers: { accept = '' } }) => accept.trim() !== '' && !isMediaTypeList(accept),

  redirectRefusal: (refusal, echoed) => ({ ...errorMembers(refusal), ...echoed }),

  refusedHeading: 'This request was refused',
  formPostTitle: 'Back to the application',
  loginFields: { username: 'username', password: 'password', antiForgery: '_csrf' },
  consentForm: {
    antiForgery: '_csrf',
    allow: { name: 'decision', value: 'allow' },
    allows: (form) => form.decision === 'allow',
    deny: { name: 'decision', value: 'deny' },
    denies: (form) => form.decision === 'deny',
    undecided: 'asked-again',
    hidden: () => [],
  },
} as const satisfies Partial<Provider>;
