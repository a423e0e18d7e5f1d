import { authenticateClient, identifyClient } from './client.js';
import { refuse } from './errors.js';
import { grants } from './grants/index.js';
import type { GrantType, IssuedTokens } from './model.js';
import type { Realm } from './realm.js';
import type { GrantRule, TokenRequest, TokenRequestLog } from './grants/grant.js';

/**
 * The token endpoint (RFC 6749 §3.2): finds the grant, authenticates the client, and calls the grant's rule.
 *
 * @throws OAuthError with the reasons of `client.*`, `grant.*` and of the grant
 */
export function exchange(realm: Realm, request: TokenRequest, log: TokenRequestLog): IssuedTokens {
  const clientFirst = realm.policy.tokenChecksFirst === 'client';
  const rule = findRule(realm, request);
  const optional = rule?.clientOptional?.(realm) === true;

  // DottedSign checks the parameters before the client, tinyEmail the client first
  if (!clientFirst) required(realm, request, rule).check(realm, request);
  const known = optional ? identifyClient(realm, request) : authenticateClient(realm, request);
  if (known !== undefined) log.client(known);
  const found = required(realm, request, rule);
  const allowed = known?.client.grants;
  if (known !== undefined && allowed !== undefined && !allowed.includes(request.grantType as GrantType)) {
    throw refuse('grant.unauthorized', { clientId: known.client.id, grantType: String(request.grantType), allowed });
  }
  if (clientFirst) found.check(realm, request);
  return found.redeem(realm, request, known);
}

function findRule(realm: Realm, { grantType }: TokenRequest): GrantRule | undefined {
  return realm.policy.grants.find((each) => each === grantType) && grants[grantType as GrantType];
}

function required(realm: Realm, request: TokenRequest, rule: GrantRule | undefined): GrantRule {
  if (rule !== undefined) return rule;
  if (request.grantType === undefined) throw refuse('grant.missing', { elsewhere: request.grantTypeElsewhere });
  throw refuse('grant.unsupported', { grantType: request.grantType, supported: realm.policy.grants });
}
