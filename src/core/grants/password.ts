import { refuse } from '../errors.js';
import { authenticateUser } from '../user.js';
import { issueTokens } from '../issue.js';
import { openGrant } from '../realm.js';
import { resolveScopes } from '../scope.js';
import type { KnownClient } from '../client.js';
import type { GrantRule } from './grant.js';

/** RFC 6749 §4.3: exchanges a username and password for tokens. */
export const password: GrantRule = {
  check(realm, request) {
    if (request.username === undefined) {
      throw refuse('password.username-missing', { name: realm.policy.passwordGrantUsername });
    }
    if (request.password === undefined) throw refuse('password.password-missing', {});
  },

  redeem(realm, request, known) {
    const { client } = known as KnownClient;
    const user = authenticateUser(realm, String(request.username), String(request.password));
    const scopes = resolveScopes(realm, client, 'password', request.scope);
    const at = realm.now();
    const grant = openGrant(realm, { type: 'password', client, user, scopes, at });
    return issueTokens(realm, { grant, grantType: 'password', scopes, at });
  },
};
