import { heldCallback } from '../../held-callback.js';
import { failed, passed } from '../../judgement.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/** A state that no client made. */
export const unknownState = 'a-state-that-the-client-never-made';

/** A callback that the client should not accept. */
export interface BadCallback {
  /** The change in a few words: `a changed state`. */
  readonly what: string;
  readonly change: (parameters: URLSearchParams) => void;
  /** How the flow is taken to its callback. Default: whatever the callback has. */
  readonly hold?: typeof heldCallback;
  /** What is said of a client that exchanges the code. Default: failed. */
  readonly worst?: typeof failed;
}

/**
 * Changes the redirect back to the client, and judges whether it exchanged the code all the same.
 *
 * @throws NotSeen if the flow does not lead back to the client
 */
export async function judgeRefusedCallback(
  stage: Stage,
  { what, change, hold = heldCallback, worst = failed }: BadCallback,
): Promise<Judgement> {
  const browser = await stage.newBrowser();
  const callback = await hold(stage, browser);
  change(callback.searchParams);
  // a client may answer by beginning the next flow, which is not to be followed
  await stage.visitCallback(browser, callback, { stopsAtProvider: true });
  await stage.rest();
  const { exchanges } = await stage.requests();
  return exchanges.length === 0
    ? passed(`The callback with ${what} was followed by no token request.`)
    : worst(`The client exchanged the code of a callback with ${what}.`, exchanges);
}
