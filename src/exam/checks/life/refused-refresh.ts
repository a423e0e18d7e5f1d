import { refreshFault } from '../../endpoint-faults.js';
import { NotSeen } from '../../judgement.js';
import { usualCalls } from '../../usual-calls.js';
import type { Browser } from '../../../client/browser.js';
import type { SeenRequest } from '../../seen-request.js';
import type { Stage } from '../../stage.js';

/** For one call of the API: before it, and after its 401. */
const mostRefreshes = 2;

/** A client whose refresh was refused. */
export interface RefusedRefresh {
  readonly browser: Browser;
  readonly refreshes: readonly SeenRequest[];
  /** How many refreshes one use of the API may cause. */
  readonly most: number;
}

/**
 * Connects, lets the access token expire, and refuses every refresh of one call with invalid_grant.
 *
 * @throws NotSeen if the client did not refresh
 */
export async function refusedRefresh(stage: Stage): Promise<RefusedRefresh> {
  const browser = await stage.connected();
  const most = mostRefreshes * (await usualCalls(stage, browser));
  await stage.expireAccessTokens();
  await stage.fault(refreshFault({ kind: 'oauth-error', error: 'invalid_grant' }));
  const before = await stage.lastId();
  await stage.call(browser);
  await stage.rest();
  const { refreshes } = await stage.requests(before);
  if (refreshes.length === 0) throw new NotSeen('the client did not refresh');
  return { browser, refreshes, most };
}
