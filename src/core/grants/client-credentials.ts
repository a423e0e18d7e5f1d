import { refuse } from '../errors.js';
import { issueTokens } from '../issue.js';
import { openGrant } from '../realm.js';
import { resolveScopes } from '../scope.js';
import type { KnownClient } from '../client.js';
import type { Client } from '../model.js';
import type { Realm } from '../realm.js';
import type { GrantRule } from './grant.js';

/** The client credentials grant (RFC 6749 §4.4). By default it issues no refresh token (§4.4.3): see issue.ts. */
export const clientCredentials: GrantRule = {
  check() {
    // Client authentication is the only requirement.
  },

  redeem(realm, request, known) {
    const { client } = known as KnownClient;
    requireConfidential(realm, client);
    const scopes = resolveScopes(realm, client, 'client_credentials', request.scope);
    const at = realm.now();
    const { startedBy } = request;
    const grant = openGrant(realm, { type: 'client_credentials', client, user: undefined, scopes, at, startedBy });
    return issueTokens(realm, { grant, grantType: 'client_credentials', scopes, at });
  },
};

/** RFC 6749 §4.4: only confidential clients MUST use this grant. */
function requireConfidential({ policy }: Realm, { id, confidential }: Client): void {
  if (confidential || policy.clientCredentialsGrantFor === 'any-client') return;
  const allowed = policy.grants.filter((grant) => grant !== 'client_credentials');
  throw refuse('grant.unauthorized', { clientId: id, grantType: 'client_credentials', allowed });
}
