import { NotSeen } from '../../judgement.js';
import type { Browser } from '../../../client/browser.js';
import type { SeenRequest } from '../../seen-request.js';
import type { Stage } from '../../stage.js';

/**
 * Lets the access token expire twice, with a call after each.
 *
 * @returns the last refresh that succeeded after the first expiry, and the first one after the second. Undefined:
 * none followed, and the call did not succeed
 * @throws NotSeen if the client did not refresh, or went on without a second refresh
 */
export async function refreshTwice(stage: Stage, browser: Browser): Promise<[SeenRequest, SeenRequest | undefined]> {
  const start = await stage.lastId();
  await stage.expireAccessTokens();
  await stage.call(browser);
  await stage.rest();
  const { refreshes } = await stage.requests(start);
  const first = refreshes.findLast(({ status }) => status === 200);
  if (first === undefined) throw new NotSeen('the client did not refresh');
  const middle = await stage.lastId();
  await stage.expireAccessTokens();
  const call = await stage.call(browser);
  const [second] = (await stage.requests(middle)).refreshes;
  if (second === undefined && call.ok) throw new NotSeen('the client went on without a second refresh');
  return [first, second];
}
