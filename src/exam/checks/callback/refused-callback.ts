import { NotSeen, failed, passed } from '../../judgement.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/**
 * Changes the redirect back to the client, and judges whether it exchanged the code all the same.
 *
 * @param what the change in a few words: `a changed state`
 */
export async function judgeRefusedCallback(
  stage: Stage,
  what: string,
  change: (callback: URL) => URL,
): Promise<Judgement> {
  const browser = await stage.newBrowser();
  const { visit, failure } = await stage.connect(browser, { onCallback: change });
  if (visit?.callback === undefined) throw new NotSeen(`the flow did not lead back to the client: ${String(failure)}`);
  await stage.rest();
  const { exchanges } = await stage.requests();
  return exchanges.length === 0
    ? passed(`The callback with ${what} was followed by no token request.`)
    : failed(`The client exchanged the code of a callback with ${what}.`, exchanges);
}
