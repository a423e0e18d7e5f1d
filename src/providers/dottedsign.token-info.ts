import { json, unixSeconds } from './standard.js';
import type { AccessToken } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { WireAnswer } from './provider.js';

const type = { 'content-type': 'application/json; charset=utf-8' };

/** The token info endpoint: Doorkeeper's TokenInfoController. */
export function tokenInfoAnswer(token: AccessToken, realm: Realm): WireAnswer {
  const { userId } = token.grant;
  const secondsLeft = Math.max(0, Math.round((token.expiresAt - realm.now()) / 1000));
  return json(200, type, {
    resource_owner_id: (userId === undefined ? undefined : realm.userNumber(userId)) ?? null,
    scope: token.scopes,
    expires_in: Number.isFinite(secondsLeft) ? secondsLeft : null,
    application: { uid: token.grant.clientId },
    created_at: unixSeconds(token.issuedAt),
  });
}
