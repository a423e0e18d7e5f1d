import { basicNotEncoded } from './basic-not-encoded.js';
import { callbackSilent } from './callback-silent.js';
import { codeExchangedLate } from './code-exchanged-late.js';
import { codeReplayed } from './code-replayed.js';
import { credentialsTwice } from './credentials-twice.js';
import { expiredTokenResent } from './expired-token-resent.js';
import { expiryNotAnticipated } from './expiry-not-anticipated.js';
import { noBackoff } from './no-backoff.js';
import { noCsrfProtection } from './no-csrf-protection.js';
import { parallelRefresh } from './parallel-refresh.js';
import { passwordGrantUsed } from './password-grant-used.js';
import { pkceConstant } from './pkce-constant.js';
import { pkcePlain } from './pkce-plain.js';
import { redirectUriDiffers } from './redirect-uri-differs.js';
import { redirectUriInsecure } from './redirect-uri-insecure.js';
import { refreshAfterRefusal } from './refresh-after-refusal.js';
import { refreshStorm } from './refresh-storm.js';
import { retryAfterIgnored } from './retry-after-ignored.js';
import { scopeAssumed } from './scope-assumed.js';
import { secretInUrl } from './secret-in-url.js';
import { staleRefreshToken } from './stale-refresh-token.js';
import { stateNotChecked } from './state-not-checked.js';
import { stateReused } from './state-reused.js';
import { stateTooShort } from './state-too-short.js';
import { tokenInUrl } from './token-in-url.js';
import { unknownParameter } from './unknown-parameter.js';
import { verifierEqualsState } from './verifier-equals-state.js';
import { wrongContentType } from './wrong-content-type.js';
import type { RuleId } from '../../world/scenario/schema/suppression.js';
import type { Rule } from '../rule.js';

/** Every rule by its id: whoever adds one adds a line, and its id to those that may be suppressed. */
const table: Readonly<Record<RuleId, Rule>> = {
  'no-csrf-protection': noCsrfProtection,
  'state-reused': stateReused,
  'state-not-checked': stateNotChecked,
  'state-too-short': stateTooShort,
  'pkce-plain': pkcePlain,
  'pkce-constant': pkceConstant,
  'verifier-equals-state': verifierEqualsState,
  'code-replayed': codeReplayed,
  'code-exchanged-late': codeExchangedLate,
  'redirect-uri-differs': redirectUriDiffers,
  'redirect-uri-insecure': redirectUriInsecure,
  'callback-silent': callbackSilent,
  'secret-in-url': secretInUrl,
  'token-in-url': tokenInUrl,
  'credentials-twice': credentialsTwice,
  'basic-not-encoded': basicNotEncoded,
  'wrong-content-type': wrongContentType,
  'unknown-parameter': unknownParameter,
  'password-grant-used': passwordGrantUsed,
  'stale-refresh-token': staleRefreshToken,
  'parallel-refresh': parallelRefresh,
  'refresh-after-refusal': refreshAfterRefusal,
  'refresh-storm': refreshStorm,
  'expired-token-resent': expiredTokenResent,
  'expiry-not-anticipated': expiryNotAnticipated,
  'scope-assumed': scopeAssumed,
  'retry-after-ignored': retryAfterIgnored,
  'no-backoff': noBackoff,
};

/** Every rule, in the order of the reference page. */
export const rules: readonly Rule[] = Object.values(table);
