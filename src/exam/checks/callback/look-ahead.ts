import { heldCallback } from '../../held-callback.js';
import { failed, passed } from '../../judgement.js';
import type { VisitOptions } from '../../../client/browser.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/**
 * Asks for the callback in another way before the browser visits it, and judges whether the flow still ends well.
 *
 * @param what how it is asked for, in a few words: `a HEAD request`
 */
export async function judgeLookAhead(stage: Stage, what: string, options: VisitOptions): Promise<Judgement> {
  const browser = await stage.newBrowser();
  const callback = await heldCallback(stage, browser);
  await stage.visitCallback(browser, callback, { ...options, stopsAtProvider: true });
  await stage.rest();
  const early = (await stage.requests()).exchanges;
  await stage.visitCallback(browser, callback);
  const call = await stage.call(browser);
  const { exchanges } = await stage.requests();
  if (early.length > 0) {
    return failed(`The code was exchanged after ${what}, before anybody visited the callback.`, early);
  }
  return call.ok
    ? passed(`After ${what}, the visit ended well.`, exchanges)
    : failed(`After ${what}, the visit did not end well: ${call.outcome}.`, exchanges);
}
