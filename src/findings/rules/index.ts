import { basicNotEncoded } from './basic-not-encoded.js';
import { callbackSilent } from './callback-silent.js';
import { codeExchangedLate } from './code-exchanged-late.js';
import { codeReplayed } from './code-replayed.js';
import { credentialsTwice } from './credentials-twice.js';
import { expiredTokenResent } from './expired-token-resent.js';
import { expiryNotAnticipated } from './expiry-not-anticipated.js';
import { htmlEscapedParameters } from './html-escaped-parameters.js';
import { noBackoff } from './no-backoff.js';
import { noCsrfProtection } from './no-csrf-protection.js';
import { parameterRepeated } from './parameter-repeated.js';
import { parallelRefresh } from './parallel-refresh.js';
import { passwordGrantUsed } from './password-grant-used.js';
import { pkceConstant } from './pkce-constant.js';
import { pkcePlain } from './pkce-plain.js';
import { redirectUriDiffers } from './redirect-uri-differs.js';
import { redirectUriInsecure } from './redirect-uri-insecure.js';
import { refreshAfterRefusal } from './refresh-after-refusal.js';
import { refreshStorm } from './refresh-storm.js';
import { refusedRequestRepeated } from './refused-request-repeated.js';
import { retryAfterIgnored } from './retry-after-ignored.js';
import { scopeAssumed } from './scope-assumed.js';
import { secretInUrl } from './secret-in-url.js';
import { staleRefreshToken } from './stale-refresh-token.js';
import { stateNotChecked } from './state-not-checked.js';
import { stateReused } from './state-reused.js';
import { stateTooShort } from './state-too-short.js';
import { tokenInUrl } from './token-in-url.js';
import { undefinedValue } from './undefined-value.js';
import { unknownParameter } from './unknown-parameter.js';
import { verifierEqualsState } from './verifier-equals-state.js';
import { verifierTooShort } from './verifier-too-short.js';
import { wrongContentType } from './wrong-content-type.js';
import type { Rule } from '../rule.js';

/** Every rule, in the order of the reference page. A new rule is a new line here. */
const all = [
  noCsrfProtection,
  stateReused,
  stateNotChecked,
  stateTooShort,
  pkcePlain,
  pkceConstant,
  verifierEqualsState,
  verifierTooShort,
  codeReplayed,
  codeExchangedLate,
  redirectUriDiffers,
  redirectUriInsecure,
  callbackSilent,
  secretInUrl,
  tokenInUrl,
  credentialsTwice,
  basicNotEncoded,
  wrongContentType,
  undefinedValue,
  htmlEscapedParameters,
  unknownParameter,
  parameterRepeated,
  passwordGrantUsed,
  staleRefreshToken,
  parallelRefresh,
  refreshAfterRefusal,
  refreshStorm,
  expiredTokenResent,
  expiryNotAnticipated,
  scopeAssumed,
  retryAfterIgnored,
  noBackoff,
  refusedRequestRepeated,
] as const;

/** Every rule, in the order of the reference page. */
export const rules: readonly Rule<RuleId>[] = all;

/** The id of a rule, which a finding names and a suppression refers to. */
export type RuleId = (typeof all)[number]['id'];

/** Ids of all rules, in the order of the reference page. */
export const ruleIds: readonly RuleId[] = all.map(({ id }) => id);
