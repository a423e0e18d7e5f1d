import type { Client, Grant, User } from './model.js';
import type { RefreshCondition } from './policy.js';
import type { Realm } from './realm.js';

/** Whether all conditions of the policy `refreshTokenIssuedIf` hold for a grant. */
export function mayHaveRefreshToken({ policy }: Realm, grant: Grant): boolean {
  return policy.refreshTokenIssuedIf.every((condition) => holds(condition, grant));
}

function holds(
  { parameter = {}, scope, consent, client }: RefreshCondition,
  { clientId, scopes, parameters, hadAccess }: Grant,
): boolean {
  if (scope !== undefined && !scopes.includes(scope)) return false;
  if (client?.includes(clientId) === false) return false;
  // what was sent to the authorization endpoint is asked only of grants that came from there
  if (parameters === undefined) return true;
  if (Object.entries(parameter).some(([name, value]) => parameters[name] !== value)) return false;
  return consent === undefined || hadAccess !== true || (parameters.prompt ?? '').split(' ').includes('consent');
}

/** Names of the parameters that the conditions read. */
export const namesInConditions = (conditions: readonly RefreshCondition[]): readonly string[] =>
  conditions.flatMap(({ parameter = {}, consent }) => [
    ...Object.keys(parameter),
    ...(consent === undefined ? [] : ['prompt']),
  ]);

/**
 * Whether the user had given a client access before, and it was not taken back: the newest access token of one of their
 * grants is not revoked, or a code was not exchanged yet. It looks at all tokens, so ask only if the policy needs it.
 */
export function hasAccess({ codes, accessTokens }: Realm, client: Client, user: User): boolean {
  const isOwn = ({ clientId, userId }: Grant): boolean => clientId === client.id && userId === user.id;
  for (const { grant, spentAt } of codes.values()) {
    if (isOwn(grant) && spentAt === undefined && grant.revokedAt === undefined) return true;
  }
  const seen = new Set<Grant>();
  for (const { grant, revokedAt } of accessTokens.newestFirst()) {
    if (!isOwn(grant) || seen.has(grant)) continue;
    if (revokedAt === undefined && grant.revokedAt === undefined) return true;
    seen.add(grant);
  }
  return false;
}
