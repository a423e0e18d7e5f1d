import { failed, passed } from '../../judgement.js';
import { isEmptyToken } from '../../empty-token.js';
import type { Browser } from '../../../client/browser.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/** A deleted token can be sent as a word such as `undefined`. */
const isToken = (text: string | undefined): boolean => text !== undefined && !isEmptyToken(text);

/** Judges whether a client that was told to disconnect still uses its tokens. */
export async function judgeForgotten(stage: Stage, browser: Browser): Promise<Judgement> {
  const before = await stage.lastId();
  const call = await stage.call(browser);
  const { calls, refreshes } = await stage.requests(before);
  const used = [
    ...calls.filter(({ accessToken }) => isToken(accessToken)),
    ...refreshes.filter((request) => isToken(request.parameter('refresh_token'))),
  ];
  if (used.length > 0) return failed('After the end of the connection, the client still used a token.', used);
  return call.ok
    ? failed('After the end of the connection, a call still succeeded.')
    : passed(`A call afterwards used no token: ${call.outcome}.`);
}
