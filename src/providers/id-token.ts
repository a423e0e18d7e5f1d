import { createHash } from 'node:crypto';
import { unixSeconds } from './standard.js';
import { signingKey } from './signing-key.js';
import type { IssuedTokens } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Answering, IdTokens, Provider } from './provider.js';

/** How long an ID token is good where neither its provider nor the access token says it, in seconds. */
const usualSeconds = 3600;

/** Adds the signed ID token of an answer (OpenID Connect Core §3.1.3.3), if the provider makes one for it. */
export function withIdToken(
  { idTokens }: Pick<Provider, 'idTokens'>,
  issued: IssuedTokens,
  answering: Answering,
): IssuedTokens {
  const { userId } = issued.accessToken.grant;
  if (idTokens === undefined || userId === undefined || !isDue(idTokens, issued, answering)) return issued;
  const usual = usualClaims(issued, answering, { userId, seconds: idTokens.seconds });
  const claims = idTokens.claims(usual, issued, answering);
  return { ...issued, idToken: signingKey().sign(claims) };
}

/** OpenID Connect Core §12.2: the answer to a refresh might not have one. */
const isDue = ({ isDue: mayBe, atRefresh }: IdTokens, issued: IssuedTokens, answering: Answering): boolean =>
  (atRefresh === 'sent' || issued.grantType !== 'refresh_token') && mayBe(issued, answering);

/** Names of the claims that an ID token can have without those of its provider (OpenID Connect Core §2). */
export const usualClaimNames = ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'at_hash'] as const;

/** The claims of OpenID Connect Core §2. JSON omits the undefined ones. */
function usualClaims(
  issued: IssuedTokens,
  { baseUrl, realm }: Answering,
  { userId, seconds }: { readonly userId: string; readonly seconds: number | undefined },
): Readonly<Record<(typeof usualClaimNames)[number], unknown>> {
  const { grant, token, expiresAt } = issued.accessToken;
  const { clientId, createdAt, parameters = {} } = grant;
  const iat = unixSeconds(issued.at);
  const ends =
    seconds === undefined && Number.isFinite(expiresAt) ? unixSeconds(expiresAt) : iat + (seconds ?? usualSeconds);
  return {
    iss: baseUrl,
    sub: subjectOf(realm, userId),
    aud: clientId,
    exp: Number.isFinite(ends) ? ends : undefined,
    iat,
    // §2: required if the request had max_age
    auth_time: parameters.max_age === undefined ? undefined : unixSeconds(createdAt),
    // §12.2: a token of a refresh should have none
    nonce: issued.grantType === 'refresh_token' ? undefined : parameters.nonce,
    at_hash: halfHash(token),
  };
}

/** The subject, as the userinfo endpoint of the standard has it: clients compare the two (§5.3.2). */
function subjectOf({ users }: Realm, userId: string): string {
  const own = users.get(userId)?.profile.sub;
  return typeof own === 'string' ? own : userId;
}

/** §3.1.3.6: the left half of the hash of an access token. */
const halfHash = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
