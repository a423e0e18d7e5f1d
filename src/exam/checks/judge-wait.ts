import { failed, passed } from '../judgement.js';
import type { Judgement } from '../judgement.js';
import type { SeenRequest } from '../seen-request.js';

/** The wait that the provider asks for, in seconds. */
export const retryAfter = 1;

/** How much earlier a repetition still counts as waiting, in milliseconds. */
const toleranceMs = 150;

/** Judges how long a client waited before it repeated a request that was answered with 429 and Retry-After. */
export function judgeWait(what: 'call' | 'refresh', first: SeenRequest, repeat: SeenRequest | undefined): Judgement {
  if (repeat === undefined) return passed(`The client did not repeat the ${what}.`, [first]);
  const waited = repeat.realAt - first.realAt;
  const verdict = waited >= retryAfter * 1000 - toleranceMs ? passed : failed;
  return verdict(`The client repeated the ${what} after ${waited} ms.`, [first, repeat]);
}
