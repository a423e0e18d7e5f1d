import { NotSeen } from '../../judgement.js';
import type { Browser } from '../../browser.js';
import type { SeenRequest } from '../../seen-request.js';
import type { Stage } from '../../stage.js';

/** A call, and the person whose token it used. */
export interface WhoseCall {
  readonly request: SeenRequest;
  readonly userId: string | undefined;
}

/**
 * Makes the client call the API, and tells whose token it used.
 *
 * @throws NotSeen if it sent no good token
 */
export async function whoseCall(stage: Stage, browser: Browser): Promise<WhoseCall> {
  const before = await stage.lastId();
  const { outcome } = await stage.call(browser);
  const request = (await stage.requests(before)).calls.findLast(({ entry }) => entry.userId !== undefined);
  if (request === undefined) throw new NotSeen(`the call reached the API with no good token: ${outcome}`);
  return { request, userId: request.entry.userId };
}
