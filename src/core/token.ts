import { authenticateClient } from './client.js';
import { refuse } from './errors.js';
import { grants } from './grants/index.js';
import { checkUnusedScope } from './scope.js';
import { checkParameters } from './step-parameters.js';
import { limitTokensPerUser } from './tokens-per-user.js';
import type { KnownClient } from './client.js';
import type { GrantType, IssuedTokens } from './model.js';
import type { Realm } from './realm.js';
import type { GrantRule, TokenRequest, TokenRequestLog } from './grants/grant.js';

/**
 * The token endpoint (RFC 6749 §3.2): finds the grant, authenticates the client, and calls the grant's rule. The
 * policy `tokenChecksFirst` says whether the client or the grant comes first.
 *
 * @throws OAuthError with the reasons of `client.*`, `grant.*`, `request.parameter-*` and of the grant
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
  requireGrant(realm, known, request);
  if (clientFirst) found.check(realm, request);
  checkParameters(realm, request.grantType === 'refresh_token' ? 'refresh' : 'token', request.parameters);
  const issued = found.redeem(realm, request, known, log);
  limitTokensPerUser(realm, issued, log);
  return issued;
}

/** The grant type of a request. Undefined: it says none that counts where it was sent. */
const grantTypeOf = ({ grantType, grantWords }: TokenRequest): GrantType | undefined =>
  grantWords === undefined ? (grantType as GrantType) : grantWords.types.get(grantWords.sent ?? '');

/** Grant types in the words that a request may use. */
function inWords({ grantWords }: TokenRequest, types: readonly GrantType[]): readonly string[] {
  if (grantWords === undefined) return types;
  return [...grantWords.types].flatMap(([word, type]) => (types.includes(type) ? [word] : []));
}

const sentGrantType = ({ grantType, grantWords }: TokenRequest): string => String(grantWords?.sent ?? grantType);

/** A client may use the grant types that it names, or else those of the policy. */
function requireGrant({ policy }: Realm, known: KnownClient | undefined, request: TokenRequest): void {
  const allowed = known?.client.grants ?? policy.grants;
  if (!allowed.includes(request.grantType as GrantType)) {
    const clientId = known?.client.id ?? '(none)';
    throw refuse('grant.unauthorized', {
      clientId,
      grantType: sentGrantType(request),
      allowed: inWords(request, allowed),
    });
  }
}

function findRule({ policy }: Realm, request: TokenRequest): GrantRule | undefined {
  const type = grantTypeOf(request) as GrantType;
  return policy.grants.includes(type) || policy.grantsPerClient.includes(type) ? grants[type] : undefined;
}

/** Spring asks for text in grant_type, and takes what is blank as missing. */
const isMissing = ({ policy }: Realm, { grantType }: TokenRequest): boolean =>
  grantType === undefined || (policy.emptyParameters === 'sent' && grantType.trim() === '');

function required(realm: Realm, request: TokenRequest, rule: GrantRule | undefined): GrantRule {
  if (rule !== undefined) return rule;
  if (isMissing(realm, request)) throw refuse('grant.missing', { elsewhere: request.grantTypeElsewhere });
  if (request.grantType === 'implicit' && realm.policy.implicitAtToken === 'invalid-grant') {
    throw refuse('grant.implicit', {});
  }
  throw refuse('grant.unsupported', {
    grantType: sentGrantType(request),
    supported: inWords(request, realm.policy.grants),
  });
}
