import { forbiddenIsNotExpired } from './forbidden-is-not-expired.js';
import { goodToken401 } from './good-token-401.js';
import { rateLimitWaits } from './rate-limit-waits.js';
import { refusedCallsShareRefresh } from './refused-calls-share-refresh.js';
import { resetKeepsConnection } from './reset-keeps-connection.js';
import { tokenInHeader } from './token-in-header.js';
import { tokenNotShown } from './token-not-shown.js';
import { tokenNotToOtherHost } from './token-not-to-other-host.js';
import { truncatedKeepsConnection } from './truncated-keeps-connection.js';
import { unavailableKeepsConnection } from './unavailable-keeps-connection.js';
import type { Check } from '../../check.js';

/** The checks of the group `api`, in the order in which they run. */
export const apiChecks: readonly Check[] = [
  goodToken401,
  refusedCallsShareRefresh,
  forbiddenIsNotExpired,
  rateLimitWaits,
  unavailableKeepsConnection,
  resetKeepsConnection,
  truncatedKeepsConnection,
  tokenInHeader,
  tokenNotToOtherHost,
  tokenNotShown,
];
