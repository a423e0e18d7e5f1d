import { callbackHead } from './callback-head.js';
import { callbackPrefetched } from './callback-prefetched.js';
import { callbackReplayed } from './callback-replayed.js';
import { codeAndErrorRefused } from './code-and-error-refused.js';
import { deniedNoTokenRequest } from './denied-no-token-request.js';
import { deniedPageSaysSo } from './denied-page-says-so.js';
import { doubledCodeRefused } from './doubled-code-refused.js';
import { doubledStateRefused } from './doubled-state-refused.js';
import { emptyCodeRefused } from './empty-code-refused.js';
import { emptyStateRefused } from './empty-state-refused.js';
import { errorTextEscaped } from './error-text-escaped.js';
import { errorWithoutDescription } from './error-without-description.js';
import { foreignErrorAnswered } from './foreign-error-answered.js';
import { foreignStateRefused } from './foreign-state-refused.js';
import { longCodeExchanged } from './long-code-exchanged.js';
import { missingStateRefused } from './missing-state-refused.js';
import { neitherCodeNorError } from './neither-code-nor-error.js';
import { noOpenRedirect } from './no-open-redirect.js';
import { twoTabs } from './two-tabs.js';
import { unknownErrorAnswered } from './unknown-error-answered.js';
import { unknownParametersIgnored } from './unknown-parameters-ignored.js';
import { unsolicitedCallback } from './unsolicited-callback.js';
import { wrongIssuerRefused } from './wrong-issuer-refused.js';
import { wrongStateRefused } from './wrong-state-refused.js';
import type { Check } from '../../check.js';

/** The checks of the group `callback`, in the order in which they run. */
export const callbackChecks: readonly Check[] = [
  wrongStateRefused,
  missingStateRefused,
  emptyStateRefused,
  doubledStateRefused,
  foreignStateRefused,
  unsolicitedCallback,
  callbackReplayed,
  deniedNoTokenRequest,
  deniedPageSaysSo,
  errorWithoutDescription,
  unknownErrorAnswered,
  foreignErrorAnswered,
  errorTextEscaped,
  neitherCodeNorError,
  codeAndErrorRefused,
  doubledCodeRefused,
  emptyCodeRefused,
  wrongIssuerRefused,
  unknownParametersIgnored,
  longCodeExchanged,
  callbackHead,
  callbackPrefetched,
  noOpenRedirect,
  twoTabs,
];
