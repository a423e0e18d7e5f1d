import { heldCallback } from '../../held-callback.js';
import { failed } from '../../judgement.js';
import { judgeAnswered } from './answered.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/**
 * Takes the code out of the redirect back to the client, changes its parameters, and judges the answer of the client.
 *
 * @param what the callback in a few words: `an unknown error`
 */
export async function judgeErrorCallback(
  stage: Stage,
  what: string,
  change: (parameters: URLSearchParams) => void,
): Promise<Judgement> {
  const browser = await stage.newBrowser();
  const callback = await heldCallback(stage, browser);
  callback.searchParams.delete('code');
  change(callback.searchParams);
  const visit = await stage.visitCallback(browser, callback, { stopsAtProvider: true });
  await stage.rest();
  const { tokenRequests } = await stage.requests();
  if (tokenRequests.length > 0) {
    return failed(`After a callback with ${what}, a token request followed.`, tokenRequests);
  }
  return judgeAnswered(stage, browser, visit, `a callback with ${what}`);
}
