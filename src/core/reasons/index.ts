import { authorizeReasons } from './authorize.js';
import { bearerReasons } from './bearer.js';
import { clientReasons } from './client.js';
import { codeReasons } from './code.js';
import { grantReasons } from './grant.js';
import { passwordReasons } from './password.js';
import { pkceReasons } from './pkce.js';
import { refreshReasons } from './refresh.js';
import { requestReasons } from './request.js';
import { resourceReasons } from './resource.js';
import { revokeReasons } from './revoke.js';
import { scopeReasons } from './scope.js';
import { serverReasons } from './server.js';

/**
 * Every reason to refuse a request, with the status and the error code that the RFCs give it: RFC 6749 §4.1.2.1 and §5.2,
 * RFC 6750 §3.1, RFC 7636 §4. A provider overrides rows; a policy overrides those of its provider.
 */
export const reasons = {
  ...requestReasons,
  ...clientReasons,
  ...grantReasons,
  ...codeReasons,
  ...pkceReasons,
  ...refreshReasons,
  ...passwordReasons,
  ...scopeReasons,
  ...authorizeReasons,
  ...bearerReasons,
  ...resourceReasons,
  ...revokeReasons,
  ...serverReasons,
} as const;

/** The name of a reason, such as `code.expired`. */
export type Reason = keyof typeof reasons;

/** What is known about one refusal, by its reason. */
export type Facts<R extends Reason> = Parameters<(typeof reasons)[R]['explain']>[0];

/** Whether a text is the name of a reason. */
export function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}
