import { apiFault } from '../../endpoint-faults.js';
import { judgeRecovery } from '../../later-call.js';
import { NotSeen } from '../../judgement.js';
import type { Fault } from '../../endpoint-faults.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/**
 * Spoils one use of the API, and judges whether the next one works without a new login.
 *
 * @param what what the API did, in a few words: `answered 503`
 */
export async function judgeKeptConnection(stage: Stage, what: string, fault: Fault): Promise<Judgement> {
  const browser = await stage.connected();
  const since = await stage.lastId();
  await stage.fault(apiFault(fault));
  await stage.call(browser);
  await stage.clearFaults();
  const { calls } = await stage.requests(since);
  if (calls.length === 0) throw new NotSeen('the client made no call of the API');
  return judgeRecovery(stage, browser, { what: `an API that ${what}`, endpoint: 'resource', since });
}
