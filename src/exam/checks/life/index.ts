import { clockAhead } from './clock-ahead.js';
import { clockBehind } from './clock-behind.js';
import { lostRefreshAnswer } from './lost-refresh-answer.js';
import { newRefreshTokenKept } from './new-refresh-token-kept.js';
import { noNeedlessRefresh } from './no-needless-refresh.js';
import { noSecretInOutput } from './no-secret-in-output.js';
import { oldRefreshTokenKept } from './old-refresh-token-kept.js';
import { reconnectAfterRefusal } from './reconnect-after-refusal.js';
import { refresh429KeepsConnection } from './refresh-429-keeps-connection.js';
import { refresh429Waits } from './refresh-429-waits.js';
import { refresh500KeepsConnection } from './refresh-500-keeps-connection.js';
import { refreshAfter401 } from './refresh-after-401.js';
import { refreshBeforeExpiry } from './refresh-before-expiry.js';
import { refreshHtmlKeepsConnection } from './refresh-html-keeps-connection.js';
import { refreshNotHammered } from './refresh-not-hammered.js';
import { refreshRefusedEnds } from './refresh-refused-ends.js';
import { refreshResetKeepsConnection } from './refresh-reset-keeps-connection.js';
import { refreshScopeUnchanged } from './refresh-scope-unchanged.js';
import { refusedTokenNotReused } from './refused-token-not-reused.js';
import { restartKeepsConnection } from './restart-keeps-connection.js';
import { revokedWhileConnected } from './revoked-while-connected.js';
import { tenCallsOneRefresh } from './ten-calls-one-refresh.js';
import { tokenDiesBetween } from './token-dies-between.js';
import { twoCallsOneRefresh } from './two-calls-one-refresh.js';
import type { Check } from '../../check.js';

/** The checks of the group `life`, in the order in which they run. */
export const lifeChecks: readonly Check[] = [
  refreshAfter401,
  refreshBeforeExpiry,
  noNeedlessRefresh,
  newRefreshTokenKept,
  oldRefreshTokenKept,
  twoCallsOneRefresh,
  tenCallsOneRefresh,
  lostRefreshAnswer,
  refreshRefusedEnds,
  refusedTokenNotReused,
  reconnectAfterRefusal,
  refresh500KeepsConnection,
  refresh429KeepsConnection,
  refreshResetKeepsConnection,
  refreshHtmlKeepsConnection,
  refresh429Waits,
  refreshNotHammered,
  revokedWhileConnected,
  clockAhead,
  clockBehind,
  tokenDiesBetween,
  restartKeepsConnection,
  refreshScopeUnchanged,
  noSecretInOutput,
];
