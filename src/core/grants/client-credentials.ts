import { issueTokens } from '../issue.js';
import { openGrant } from '../realm.js';
import { resolveScopes } from '../scope.js';
import type { KnownClient } from '../client.js';
import type { GrantRule } from './grant.js';

/** The client credentials grant (RFC 6749 §4.4). By default it issues no refresh token (§4.4.3): see issue.ts. */
export const clientCredentials: GrantRule = {
  check() {
    // Client authentication is the only requirement.
  },

  redeem(realm, request, known) {
    const { client } = known as KnownClient;
    const scopes = resolveScopes(realm, client, 'client_credentials', request.scope);
    const at = realm.now();
    const grant = openGrant(realm, { type: 'client_credentials', client, user: undefined, scopes, at });
    return issueTokens(realm, { grant, grantType: 'client_credentials', scopes, at });
  },
};
