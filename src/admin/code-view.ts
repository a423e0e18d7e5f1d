import { writeInstant } from './instant.js';
import type { AuthorizationCode } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { JsonSource } from './json-source.js';
import type { CodeInfo } from './schemas/codes.js';

/** Describes an authorization code. */
export function codeView(realm: Realm, code: AuthorizationCode): JsonSource<CodeInfo> {
  const { grant, spentAt } = code;
  return {
    code: code.code,
    status: statusOf(realm, code),
    clientId: grant.clientId,
    // every code belongs to a user: `approve` makes it for one
    userId: grant.userId as string,
    scopes: grant.scopes,
    grantId: grant.id,
    redirectUri: code.redirectUri,
    issuedAt: writeInstant(code.issuedAt),
    expiresAt: writeInstant(code.expiresAt),
    spentAt: spentAt === undefined ? undefined : writeInstant(spentAt),
  };
}

function statusOf(realm: Realm, { grant, spentAt, expiresAt }: AuthorizationCode): CodeInfo['status'] {
  if (spentAt !== undefined) return 'spent';
  if (grant.revokedAt !== undefined) return 'revoked';
  return realm.checkedAt() < expiresAt ? 'live' : 'expired';
}
