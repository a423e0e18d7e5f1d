import { failed, passed } from './judgement.js';
import type { Browser } from './browser.js';
import type { Judgement } from './judgement.js';
import type { Stage } from './stage.js';

/** Begins a flow after one that ended in another way, and judges whether a call works afterwards. */
export async function judgeNextFlow(stage: Stage, browser: Browser): Promise<Judgement> {
  const before = await stage.lastId();
  const { failure } = await stage.connect(browser);
  const call = await stage.call(browser);
  const { exchanges, calls } = await stage.requests(before);
  return call.ok
    ? passed('The second flow works.', calls)
    : failed(`The second flow does not work: ${failure ?? call.outcome}.`, [...exchanges, ...calls]);
}
