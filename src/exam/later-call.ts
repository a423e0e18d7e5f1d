import { NotSeen, failed, passed, warned } from './judgement.js';
import type { Browser } from '../client/browser.js';
import type { Call } from './client-under-exam.js';
import type { Judgement } from './judgement.js';
import type { Stage } from './stage.js';

/** What went wrong before, and is over. */
export interface PastError {
  /** In a few words, after "After": `a refresh that was cut off`. */
  readonly what: string;
  /** The endpoint where it was. */
  readonly endpoint: 'token' | 'resource';
  /** Id of the last request before it. */
  readonly since: number;
}

/** Real time before a call is repeated, in milliseconds: a little more than the second that clients keep away for. */
const repeatedAfterMs = 1050;

/**
 * A call after an error. A client that keeps away for a moment after an error does what it should, so the call is
 * repeated once after a second.
 */
export async function laterCall(stage: Stage, browser: Browser): Promise<Call> {
  const call = await stage.call(browser);
  if (call.ok || call.asksPerson) return call;
  await stage.pause(repeatedAfterMs);
  return stage.call(browser);
}

/**
 * Judges whether the client works again after an error, without a new login.
 *
 * @throws NotSeen if it may still keep away from the endpoint, or if it answers without asking the API
 */
export async function judgeRecovery(
  stage: Stage,
  browser: Browser,
  { what, endpoint, since }: PastError,
): Promise<Judgement> {
  const over = await stage.lastId();
  const call = await laterCall(stage, browser);
  const later = await stage.requests(over);
  const { calls, tokenRequests } = await stage.requests(since);
  const evidence = endpoint === 'token' ? tokenRequests : calls;
  if (call.ok) {
    if (later.calls.every(({ status = 500 }) => status >= 300)) throw new NotSeen('a call succeeded without the API');
    return passed(`After ${what}, the client recovered.`, evidence);
  }
  const keepsAway = !call.asksPerson && later.at(endpoint).length === 0 && saysTryLater(call);
  if (!keepsAway) return failed(`After ${what}, the client did not recover: ${call.outcome}.`, evidence);
  const otherCall = await stage.call(await stage.newBrowser());
  if (otherCall.outcome !== call.outcome) {
    throw new NotSeen(`after ${what}, the client keeps away for longer than a second: ${call.outcome}`);
  }
  const seen = `for more than a second: ${call.outcome}`;
  return warned(`After ${what}, the client lost the connection, or keeps away ${seen}.`, evidence);
}

/** An application that lost a connection asks to connect: 401, 403, a redirect. An error without a status is both. */
const saysTryLater = ({ status = 500 }: Call): boolean => status >= 500 || status === 429;
