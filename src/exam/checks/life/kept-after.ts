import { refreshFault } from '../../endpoint-faults.js';
import { judgeRecovery } from '../../later-call.js';
import { NotSeen } from '../../judgement.js';
import type { Fault } from '../../endpoint-faults.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/**
 * Spoils all refreshes of one call, and judges whether a later call works without a new login.
 *
 * @param what what the refresh met, in a few words: `was answered with 503`
 */
export async function judgeKeptAfter(stage: Stage, what: string, fault: Fault): Promise<Judgement> {
  const browser = await stage.connected();
  await stage.expireAccessTokens();
  const since = await stage.lastId();
  await stage.fault(refreshFault(fault));
  await stage.call(browser);
  await stage.clearFaults();
  const { refreshes } = await stage.requests(since);
  if (refreshes.length === 0) throw new NotSeen('the client did not refresh');
  return judgeRecovery(stage, browser, { what: `a refresh that ${what}`, endpoint: 'token', since });
}
