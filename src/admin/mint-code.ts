import { approve } from '../core/authorize.js';
import { OAuthError, explain } from '../core/errors.js';
import { readChallenge } from '../core/pkce.js';
import { parseDuration } from '../input/duration.js';
import { invalid } from './admin-error.js';
import { requireClient, requireScopes, requireUser } from './require-known.js';
import type { AuthorizationCode, Client, CodeChallenge } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { CodeToMint } from './schemas/codes.js';

/** Issues an authorization code as the authorization endpoint does, without a browser. */
export function mintCode(realm: Realm, body: CodeToMint): AuthorizationCode {
  const client = requireClient(realm, body.clientId);
  const user = requireUser(realm, body.userId);
  const scopes = requireScopes(realm, client, 'authorization_code', body.scopes);
  const redirectUri = body.redirectUri ?? client.redirectUris[0];
  if (redirectUri === undefined) {
    throw invalid([{ path: 'redirectUri', message: 'is required: the client has no registered redirect URI' }]);
  }
  if (body.expiresIn === 'never') {
    throw invalid([{ path: 'expiresIn', message: 'is never: an authorization code must expire (RFC 6749 §4.1.2)' }]);
  }
  const challenge = challengeOf(realm, client, body);
  const { code } = approve(
    realm,
    {
      client,
      redirectUri,
      redirectUriSent: body.redirectUri !== undefined,
      scopes,
      challenge,
      state: undefined,
      responseMode: 'query',
    },
    user,
  );
  if (body.expiresIn !== undefined) code.expiresAt = code.issuedAt + (parseDuration(body.expiresIn) as number) * 1000;
  return code;
}

/**
 * Reads the PKCE challenge by RFC 7636 §4.3, also where the provider is laxer or stricter. A refusal of the core
 * becomes a mistake at its member.
 */
function challengeOf(
  { policy }: Realm,
  client: Client,
  { codeChallenge, codeChallengeMethod }: CodeToMint,
): CodeChallenge | undefined {
  try {
    const strict = { ...policy, pkceMethodOmitted: 'plain', pkceSyntax: 'checked' } as const;
    return readChallenge(strict, client, { value: codeChallenge, method: codeChallengeMethod });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const path = error.reason === 'pkce.method-unsupported' ? 'codeChallengeMethod' : 'codeChallenge';
    throw invalid([{ path, message: explain(error) }]);
  }
}
