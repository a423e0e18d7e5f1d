import { issueTokens, secondsLeft } from '../core/issue.js';
import { openGrant } from '../core/realm.js';
import { limitTokensPerUser } from '../core/tokens-per-user.js';
import { secondsOf } from '../input/duration.js';
import { formatOf } from '../providers/answer-format.js';
import { writeInstantOrNever } from './instant.js';
import { requireClient, requireScopes, requireUser } from './require-known.js';
import type { IssuedTokens } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';
import type { JsonSource } from './json-source.js';
import type { ProviderRealm } from './route.js';
import type { MintedTokens, TokensToMint } from './schemas/tokens.js';

/**
 * Issues an access token and a refresh token as the provider's token endpoint does, without a token request. A second
 * access token is left out: the answer has no place for it, and nobody would know it.
 */
export function mintTokens(
  { provider, realm }: ProviderRealm,
  { clientId, userId, scopes, expiresIn }: TokensToMint,
): JsonSource<MintedTokens> {
  const client = requireClient(realm, clientId);
  const user = userId === undefined ? undefined : requireUser(realm, userId);
  const type = user === undefined ? 'client_credentials' : 'authorization_code';
  const granted = requireScopes(realm, client, type, scopes);
  const at = realm.now();
  const grant = openGrant(realm, { type, client, user, scopes: granted, at });
  const issued = issueTokens(realm, { grant, grantType: type, scopes: granted, at, anew: true, oneOnly: true });
  limitTokensPerUser(realm, issued);
  if (expiresIn !== undefined) issued.accessToken.expiresAt = at + toSeconds(expiresIn) * 1000;
  return mintedView(provider, realm, issued);
}

function mintedView(provider: Provider, realm: Realm, issued: IssuedTokens): JsonSource<MintedTokens> {
  const { accessToken, refreshToken } = issued;
  const left = secondsLeft(issued);
  return {
    accessToken: accessToken.token,
    refreshToken: refreshToken?.token ?? null,
    tokenType: tokenTypeOf(provider, realm, issued),
    expiresAt: writeInstantOrNever(accessToken.expiresAt),
    expiresIn: Number.isFinite(left) ? left : null,
    scopes: accessToken.scopes,
    clientId: accessToken.grant.clientId,
    userId: accessToken.grant.userId ?? null,
    grantId: accessToken.grant.id,
  };
}

/**
 * Reads `token_type` from the provider's token answer: providers spell it differently or omit it, and the answer of a
 * provider file can be form-encoded or any other text.
 */
function tokenTypeOf(provider: Provider, { policy }: Realm, issued: IssuedTokens): string | null {
  const { body } = formatOf(provider, policy).tokenAnswer(issued);
  try {
    const { token_type: type } = Object(JSON.parse(body)) as { readonly token_type?: unknown };
    return typeof type === 'string' ? type : null;
  } catch {
    return new URLSearchParams(body).get('token_type');
  }
}

/** Seconds of a valid duration, or the number of seconds itself. */
const toSeconds = (given: string | number): number => (typeof given === 'number' ? given : secondsOf(given));
