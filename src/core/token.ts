import { authenticateClient, identifyClient } from './client.js';
import { refuse } from './errors.js';
import { grants } from './grants/index.js';
import type { ClientRequest, KnownClient } from './client.js';
import type { GrantType, IssuedTokens } from './model.js';
import type { Realm } from './realm.js';

/** A token request (RFC 6749 §3.2), parsed: no grant ever sees the raw form. */
export interface TokenRequest extends ClientRequest {
  readonly grantType: string | undefined;
  /** Places where grant_type stood that the policy does not read. */
  readonly grantTypeElsewhere: readonly string[];
  readonly code: string | undefined;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
  readonly refreshToken: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly scope: string | undefined;
}

/** One way to get tokens. The endpoint owns the phases; a grant fills in its part. */
export interface GrantRule {
  /** Whether this request may come without client authentication. */
  readonly clientOptional?: (realm: Realm) => boolean;
  /** Refuses what cannot be a request of this kind, before anybody looks who sent it. */
  readonly check: (realm: Realm, request: TokenRequest) => void;
  /** Turns the request into tokens, or refuses it. The client is undefined only where it is optional. */
  readonly redeem: (realm: Realm, request: TokenRequest, known: KnownClient | undefined) => IssuedTokens;
}

/** What the journal learns of a request, whether it ends well or not. */
export interface TokenRequestLog {
  client(known: KnownClient): void;
}

/**
 * The token endpoint: which client, which grant, may it, and then the grant's own rule.
 *
 * @throws OAuthError with the reasons of `client.*`, `grant.*` and of the grant
 */
export function exchange(realm: Realm, request: TokenRequest, log: TokenRequestLog): IssuedTokens {
  const clientFirst = realm.policy.tokenChecksFirst === 'client';
  const rule = findRule(realm, request);
  const optional = rule?.clientOptional?.(realm) === true;

  // DottedSign complains of a missing code before a wrong secret, tinyEmail the other way round
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
