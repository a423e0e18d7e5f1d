import { NotSeen, failed, passed } from './judgement.js';
import type { Browser } from '../client/browser.js';
import type { Judgement } from './judgement.js';
import type { Stage } from './stage.js';

/**
 * Begins a flow after one that ended in another way, and judges whether a call works afterwards.
 *
 * @throws NotSeen if the call works without a second flow
 */
export async function judgeNextFlow(stage: Stage, browser: Browser): Promise<Judgement> {
  const before = await stage.lastId();
  const { failure } = await stage.connect(browser);
  const call = await stage.call(browser);
  const { authorizations, exchanges, succeededExchanges, calls } = await stage.requests(before);
  if (call.ok && authorizations.length === 0) throw new NotSeen('the client began no second flow');
  // a call can work by the tokens of the first flow
  if (call.ok && succeededExchanges.length > 0) return passed('The second flow works.', calls);
  const why = failure ?? (call.ok ? 'the client exchanged no code' : call.outcome);
  return failed(`The second flow does not work: ${why}.`, [...exchanges, ...calls]);
}
