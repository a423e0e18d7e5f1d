import { NotSeen, failed, passed } from '../../judgement.js';
import type { Browser } from '../../../client/browser.js';
import type { Judgement } from '../../judgement.js';
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
  const { calls } = await stage.requests(before);
  const request = calls.findLast(({ entry }) => entry.userId !== undefined);
  if (request === undefined) {
    const what = calls.length === 0 ? 'the call did not reach the API' : 'the call reached the API with no good token';
    throw new NotSeen(`${what}: ${outcome}`);
  }
  return { request, userId: request.entry.userId };
}

/** Judges whether the calls in each of two browsers use the token of its person. */
export async function judgeOwnTokens(stage: Stage, first: Browser, second: Browser): Promise<Judgement> {
  const calls = [await whoseCall(stage, first), await whoseCall(stage, second)];
  const requests = calls.map(({ request }) => request);
  return calls[0]?.userId === first.person.id && calls[1]?.userId === second.person.id
    ? passed('Each of them used their own token.', requests)
    : failed("One of them used the other's token.", requests);
}
