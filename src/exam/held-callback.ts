import { NotSeen } from './judgement.js';
import type { Browser } from '../client/browser.js';
import type { Stage } from './stage.js';

/**
 * Takes a flow to its redirect back to the client, and does not follow that.
 *
 * @returns the URL of the redirect
 * @throws NotSeen if the flow does not lead back to the client
 */
export async function heldCallback(stage: Stage, browser: Browser): Promise<URL> {
  const held: URL[] = [];
  // there is no exchange to wait for
  const { failure } = await stage.client.connect(browser, {
    onCallback: (callback) => {
      held.push(callback);
      return undefined;
    },
  });
  const [callback] = held;
  if (callback === undefined) throw new NotSeen(`the flow did not lead back to the client: ${String(failure)}`);
  return callback;
}

/**
 * The same for checks of the state. A client that relies on PKCE alone (RFC 9700 §2.1) has none to compare.
 *
 * @throws NotSeen if the flow does not lead back to the client, or has no state
 */
export async function heldCallbackWithState(stage: Stage, browser: Browser): Promise<URL> {
  const callback = await heldCallback(stage, browser);
  if (!callback.searchParams.has('state')) throw new NotSeen('the client sends no state');
  return callback;
}
