import { authenticateClient } from './client.js';
import { refuse } from './errors.js';
import { grants } from './grants/index.js';
import { checkUnusedScope } from './scope.js';
import type { KnownClient } from './client.js';
import type { GrantType, IssuedTokens } from './model.js';
import type { Realm } from './realm.js';
import type { GrantRule, TokenRequest, TokenRequestLog } from './grants/grant.js';

/**
 * The token endpoint (RFC 6749 §3.2): finds the grant, authenticates the client, and calls the grant's rule. The
 * policy `tokenChecksFirst` says whether the client or the grant comes first.
 *
 * @throws OAuthError with the reasons of `client.*`, `grant.*` and of the grant
 */
export function exchange(realm: Realm, request: TokenRequest, log: TokenRequestLog): IssuedTokens {
  const clientFirst = realm.policy.tokenChecksFirst === 'client';
  const rule = findRule(realm, request);

  if (!clientFirst) required(realm, request, rule).check(realm, request);
  const known = (rule?.authenticate ?? authenticateClient)(realm, request);
  if (known !== undefined) {
    log.client(known);
    if (realm.policy.scopeCheckedAtToken === 'every-grant') checkUnusedScope(realm, known.client, request.scope);
  }
  const found = required(realm, request, rule);
  if (known !== undefined) requireGrant(known, request);
  if (clientFirst) found.check(realm, request);
  return found.redeem(realm, request, known, log);
}

function requireGrant({ client }: KnownClient, request: TokenRequest): void {
  const allowed = client.grants;
  if (allowed !== undefined && !allowed.includes(request.grantType as GrantType)) {
    throw refuse('grant.unauthorized', { clientId: client.id, grantType: String(request.grantType), allowed });
  }
}

function findRule(realm: Realm, { grantType }: TokenRequest): GrantRule | undefined {
  return realm.policy.grants.find((each) => each === grantType) && grants[grantType as GrantType];
}

function required(realm: Realm, request: TokenRequest, rule: GrantRule | undefined): GrantRule {
  if (rule !== undefined) return rule;
  if (request.grantType === undefined) throw refuse('grant.missing', { elsewhere: request.grantTypeElsewhere });
  throw refuse('grant.unsupported', { grantType: request.grantType, supported: realm.policy.grants });
}
