import { authenticateClient } from '../client.js';
import { refuse } from '../errors.js';
import { issueTokens } from '../issue.js';
import { newestKeyOf } from '../newest-key.js';
import { revokeGrant, revokeToken } from '../revoke.js';
import { beginIdleTime, endsByDisuse, isInGrace, isKept } from '../refresh-life.js';
import { narrowScopes } from '../scope.js';
import type { KnownClient } from '../client.js';
import type { AccessToken, Instant, IssuedTokens, RefreshToken } from '../model.js';
import type { RefreshRotation } from '../policy.js';
import type { Realm } from '../realm.js';
import type { Replacement } from '../reasons/refresh.js';
import type { GrantRule, TokenRequest, TokenRequestLog } from './grant.js';

/** RFC 6749 §6: exchanges a refresh token for an access token and, by the rotation policy, a new refresh token. */
export const refreshToken: GrantRule = {
  authenticate(realm, request) {
    const withoutClient = request.credentials.length === 0 && realm.policy.clientMissingAtRefresh === 'grant-refused';
    return withoutClient ? undefined : authenticateClient(realm, request);
  },

  check(realm, request) {
    if (request.refreshToken === undefined || request.refreshToken === '') throw refuse('refresh.missing', {});
    if (realm.policy.tokenChecksFirst === 'parameters-and-grant') checkAlive(realm, findToken(realm, request));
  },

  redeem(realm, request, known, log) {
    const token = findToken(realm, request);
    checkOwner(token, known, request);
    checkAlive(realm, token);
    const scopes = narrow(realm, token, request.scope);
    noteGrace(token, log);
    const at = realm.now();
    const rotation = isKept(realm.policy, token, at) ? 'keep' : realm.policy.refreshRotation;
    const issued = rotations[rotation](realm, token, scopes, at);
    if (issued.refreshToken !== undefined && issued.refreshToken !== token) {
      issued.refreshToken.issuedBy = request.number;
      noteNarrowing(token, issued.refreshToken, log);
    }
    return issued;
  },
};

function checkOwner(token: RefreshToken, known: KnownClient | undefined, request: TokenRequest): void {
  const ownerId = token.grant.clientId;
  const refreshToken = token.token;
  if (known === undefined) {
    throw refuse('refresh.client-missing', { ownerId, refreshToken, elsewhere: request.credentialsElsewhere });
  }
  if (known.client.id !== ownerId) {
    throw refuse('refresh.other-client', { clientId: known.client.id, ownerId, refreshToken });
  }
}

/** `checkAlive` has accepted the token, so it is within the grace if it was replaced. */
function noteGrace({ replacedAt }: RefreshToken, log: TokenRequestLog): void {
  if (replacedAt === undefined) return;
  log.note(
    `the refresh token was replaced at ${new Date(replacedAt).toISOString()}, and was used again within the grace ` +
      'of the policy (refreshGrace)',
  );
}

/** Only the policy narrowedScope makes a new refresh token with fewer scopes. One that is kept has those it had. */
function noteNarrowing({ scopes: before }: RefreshToken, { scopes }: RefreshToken, log: TokenRequestLog): void {
  if (scopes.length >= before.length) return;
  log.note(`the new refresh token has fewer scopes as well: ${scopes.join(' ')} (RFC 6749 §6 keeps all of them)`);
}

function findToken(realm: Realm, request: TokenRequest): RefreshToken {
  const token = realm.refreshTokens.get(String(request.refreshToken));
  if (token === undefined) throw refuse('refresh.unknown', { refreshToken: String(request.refreshToken) });
  token.firstUsedAt ??= realm.now();
  return token;
}

function checkAlive(realm: Realm, token: RefreshToken): void {
  const { policy } = realm;
  const refreshToken = token.token;
  if (token.replacedAt !== undefined && !isInGrace(policy, token, realm.checkedAt())) {
    const familyRevoked = policy.refreshRotation === 'reuse-revokes-family';
    if (familyRevoked) revokeGrant(token.grant, realm.now(), 'a replaced refresh token was used again');
    throw refuse('refresh.replaced', {
      at: token.replacedAt,
      familyRevoked,
      refreshToken,
      ...replacementOf(realm, token),
    });
  }
  const revokedAt = token.revokedAt ?? token.grant.revokedAt;
  if (revokedAt !== undefined) {
    throw refuse('refresh.revoked', {
      at: revokedAt,
      because: token.revokedBecause ?? token.grant.revokedBecause ?? 'revoked',
      refreshToken,
      ...replacementOf(realm, token),
    });
  }
  if (token.removedAt !== undefined) {
    throw refuse('refresh.removed', { at: token.expiresAt, removedAt: token.removedAt, refreshToken });
  }
  checkExpiry(realm, token);
}

/** The token that replaced this one. A realm with many tokens may have dropped it. */
function replacementOf(realm: Realm, { replacedBy }: RefreshToken): Replacement {
  if (replacedBy === undefined) return {};
  const newer = realm.refreshTokens.get(replacedBy);
  if (newer === undefined) return { replacedBy };
  return { replacedBy, replacedAtEntry: newer.issuedBy, newTokenUsedAt: newer.firstUsedAt ?? null };
}

function checkExpiry(realm: Realm, token: RefreshToken): void {
  const { policy } = realm;
  const now = realm.checkedAt();
  if (now < token.expiresAt) return;
  endRefused(realm, token);
  if (policy.expiredTokens === 'removed-when-sent') token.removedAt = realm.now();
  const reason = endsByDisuse(token) ? 'refresh.idle' : 'refresh.expired';
  throw refuse(reason, { at: token.expiresAt, now, refreshToken: token.token });
}

function narrow(realm: Realm, token: RefreshToken, scope: string | undefined): readonly string[] {
  try {
    return narrowScopes(realm, token.scopes, scope);
  } catch (error) {
    endRefused(realm, token);
    throw error;
  }
}

/** Spring removes the access token before it looks at the expiry and the scope. The next code buys a new pair then. */
function endRefused(realm: Realm, token: RefreshToken): void {
  if (realm.policy.refusedRefresh === 'changes-nothing') return;
  const old = revokeAccessToken(realm, token, realm.now(), 'a refresh that was refused ended it');
  if (old === undefined) return;
  const key = realm.newestKey(newestKeyOf(old));
  if (realm.newest.get(key) === old) realm.newest.delete(key);
}

/** The scopes of the new refresh token. RFC 6749 §6: identical to those of the old one. */
const refreshScopes = ({ policy }: Realm, token: RefreshToken, scopes: readonly string[]): readonly string[] =>
  policy.narrowedScope === 'lasting' ? scopes : token.scopes;

type Rotation = (realm: Realm, token: RefreshToken, scopes: readonly string[], at: Instant) => IssuedTokens;

/** Replaces the refresh token. Whether a later use of the old one revokes the family is decided in `checkAlive`. */
const replace: Rotation = (realm, token, scopes, at) => {
  endAccessToken(realm, token, at);
  const issued = issueTokens(realm, {
    grant: token.grant,
    grantType: 'refresh_token',
    scopes,
    refreshScopes: refreshScopes(realm, token, scopes),
    at,
    isSecond: token.isSecond,
  });
  if (issued.refreshToken !== undefined) {
    // a use within the grace does not begin the grace again
    token.replacedAt ??= at;
    token.replacedBy ??= issued.refreshToken.token;
  }
  return issued;
};

const rotations: Record<RefreshRotation, Rotation> = {
  keep(realm, token, scopes, at) {
    endAccessToken(realm, token, at);
    beginIdleTime(realm.policy, token, at);
    return issueTokens(realm, {
      grant: token.grant,
      grantType: 'refresh_token',
      scopes,
      keep: token,
      at,
      isSecond: token.isSecond,
    });
  },
  rotate: replace,
  'reuse-revokes-family': replace,
  // The old pair stays valid until the new access token is first used at an API: see bearer.ts.
  'retire-previous-on-first-use': (realm, token, scopes, at) =>
    issueTokens(realm, {
      grant: token.grant,
      grantType: 'refresh_token',
      scopes,
      refreshScopes: refreshScopes(realm, token, scopes),
      retires: token.token,
      at,
      isSecond: token.isSecond,
    }),
};

function endAccessToken(realm: Realm, token: RefreshToken, at: Instant): void {
  if (realm.policy.refreshRevokesAccessToken) revokeAccessToken(realm, token, at, 'a refresh replaced it');
}

function revokeAccessToken(realm: Realm, token: RefreshToken, at: Instant, because: string): AccessToken | undefined {
  const old = realm.accessTokens.get(token.accessToken);
  if (old !== undefined) revokeToken(old, at, because);
  return old;
}
