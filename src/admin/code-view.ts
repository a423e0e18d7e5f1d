import { codeStatusOf } from '../core/issue.js';
import { fingerprint } from '../world/journal/fingerprint.js';
import { writeInstant } from './instant.js';
import type { AuthorizationCode } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { JsonSource } from './json-source.js';
import type { CodeInfo } from './schemas/codes.js';

/** Describes an authorization code. `fingerprintKey` is that of its world. */
export function codeView(realm: Realm, code: AuthorizationCode, fingerprintKey: string): JsonSource<CodeInfo> {
  const { grant, spentAt } = code;
  return {
    code: code.code,
    fingerprint: fingerprint(code.code, fingerprintKey),
    status: codeStatusOf(realm, code),
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
