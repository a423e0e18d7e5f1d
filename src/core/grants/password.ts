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
    const { provider, username } = request;
    const { passwordGrantUsername, passwordGrantProvider, tokenChecksFirst } = realm.policy;
    if (provider !== undefined && passwordGrantProvider === 'refused') {
      throw refuse('password.provider-unknown', { provider });
    }
    if (username === undefined) throw refuse('password.username-missing', { name: passwordGrantUsername });
    if (request.password === undefined) throw refuse('password.password-missing', {});
    if (tokenChecksFirst === 'parameters-and-grant') authenticateUser(realm, username, request.password);
  },

  redeem(realm, request, known, log) {
    const { client } = known as KnownClient;
    const username = String(request.username);
    const user = authenticateUser(realm, username, String(request.password));
    if (user.username !== username && user.id !== username) {
      log.note(`${realm.policy.passwordGrantUsername} is spelt ${JSON.stringify(user.username)} in the account`);
    }
    const scopes = resolveScopes(realm, client, 'password', request.scope);
    const at = realm.now();
    const { startedBy } = request;
    const grant = openGrant(realm, { type: 'password', client, user, scopes, at, startedBy });
    return issueTokens(realm, { grant, grantType: 'password', scopes, at });
  },
};
