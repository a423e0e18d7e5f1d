import { failed, passed, warned } from '../../judgement.js';
import type { Browser, Visit } from '../../../client/browser.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/**
 * Judges a callback that cannot end well: the client has to answer it, and must not be connected.
 *
 * @param what what the callback was, in a few words: `the denial`
 */
export async function judgeAnswered(
  stage: Stage,
  browser: Browser,
  { page, failure }: Visit,
  what: string,
): Promise<Judgement> {
  // an application that begins the next flow at once has answered too
  if (failure !== undefined) return failed(`After ${what}, there was no page: ${failure}.`);
  const call = await stage.call(browser);
  if (call.ok) return failed(`After ${what}, a call of the client succeeded.`);
  return page !== undefined && page.status >= 500
    ? warned(`After ${what}, the page had status ${page.status}, as if the client were broken.`)
    : passed(`After ${what}, the client answered, and a call did not succeed: ${call.outcome}.`);
}
