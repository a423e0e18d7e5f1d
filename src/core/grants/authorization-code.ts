import { authenticateClient, identifyClient } from '../client.js';
import { refuse } from '../errors.js';
import { issueTokens } from '../issue.js';
import { checkVerifier } from '../pkce.js';
import { matches } from '../redirect-matching.js';
import { readRedirectUri } from '../redirect-uri.js';
import { revokeGrant } from '../revoke.js';
import type { KnownClient } from '../client.js';
import type { AuthorizationCode, Instant } from '../model.js';
import type { Realm } from '../realm.js';
import type { GrantRule, TokenRequest } from './grant.js';

/** RFC 6749 §4.1.3: exchanges a code for tokens, once, for its client, redirect_uri and code_verifier. */
export const authorizationCode: GrantRule = {
  authenticate: (realm, request) =>
    realm.policy.clientAtCodeExchange === 'optional'
      ? identifyClient(realm, request)
      : authenticateClient(realm, request),

  check(realm, { code, redirectUri, codeVerifier }) {
    if (code === undefined) throw refuse('code.missing', {});
    if (realm.policy.tokenChecksFirst === 'parameters-and-grant' && codeVerifier === undefined) {
      checkVerifier(realm.policy, realm.codes.get(code)?.challenge, undefined);
    }
    if (redirectUri === undefined && realm.policy.redirectUriAtToken === 'required') {
      throw refuse('code.redirect-uri-missing', { expected: undefined });
    }
  },

  redeem(realm, request, known) {
    const code = findCode(realm, request);
    // tinyEmail's framework marks a code as used at the first attempt, even if it fails or another client sends it
    const spendsAtFirstAttempt = realm.policy.failedExchangeSpendsCode;
    if (!spendsAtFirstAttempt) checkOwner(code, known);
    checkAlive(realm, code);
    const at = realm.now();
    if (spendsAtFirstAttempt) spend(code, at, request);
    checkRedirectUri(realm, code, request.redirectUri);
    checkOwner(code, known);
    checkVerifier(realm.policy, code.challenge, request.codeVerifier);

    spend(code, at, request);
    return issueTokens(realm, { grant: code.grant, grantType: 'authorization_code', scopes: code.grant.scopes, at });
  },
};

function spend(code: AuthorizationCode, at: Instant, request: TokenRequest): void {
  code.spentAt = at;
  code.spentBy = request.number;
}

function findCode(realm: Realm, { code }: TokenRequest): AuthorizationCode {
  const found = realm.codes.get(String(code));
  if (found === undefined) throw refuse('code.unknown', { code: String(code) });
  return found;
}

function checkOwner({ grant }: AuthorizationCode, known: KnownClient | undefined): void {
  if (known !== undefined && known.client.id !== grant.clientId) {
    throw refuse('code.other-client', { clientId: known.client.id, ownerId: grant.clientId });
  }
}

function checkAlive(realm: Realm, code: AuthorizationCode): void {
  if (code.spentAt !== undefined) throw replayed(realm, code, code.spentAt);
  if (code.grant.revokedAt !== undefined) {
    throw refuse('code.revoked', {
      at: code.grant.revokedAt,
      because: code.grant.revokedBecause ?? 'revoked',
      code: code.code,
    });
  }
  const now = realm.checkedAt();
  if (now >= code.expiresAt) throw refuse('code.expired', { at: code.expiresAt, now, code: code.code });
}

function replayed(realm: Realm, code: AuthorizationCode, spentAt: number): Error {
  const revoked = realm.policy.replayRevokesTokens;
  // RFC 6749 §4.1.2: if a code is used twice, the tokens issued for it SHOULD be revoked
  if (revoked) revokeGrant(code.grant, realm.now(), 'its code was replayed');
  return refuse('code.replayed', { code: code.code, spentAt, spentAtEntry: code.spentBy, revoked });
}

function checkRedirectUri(realm: Realm, code: AuthorizationCode, received: string | undefined): void {
  if (received === undefined) {
    // RFC 6749 §4.1.3: required if the authorization request included it.
    if (realm.policy.redirectUriAtToken === 'required-if-sent-before' && code.redirectUriSent) {
      throw refuse('code.redirect-uri-missing', { expected: code.redirectUri });
    }
    return;
  }
  const { redirectUriMatching, redirectUriAtTokenMatching: matching } = realm.policy;
  // the same rule has accepted the same text before
  if (received === code.redirectUri && matching === redirectUriMatching) return;
  const { uri, malformed } = readRedirectUri(matching, received);
  if (malformed !== undefined || !matches(matching, code.redirectUri, uri)) {
    throw refuse('code.redirect-uri-differs', { expected: code.redirectUri, received, matching });
  }
}
