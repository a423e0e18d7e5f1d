import { refreshFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/** How late the token endpoint answers: all calls come while the first refresh is under way, also on a busy machine. */
export const refreshDelayMs = 500;

/** Makes calls at once with an expired access token, and judges whether they share one refresh. */
export async function judgeOneRefresh(stage: Stage, callers: number): Promise<Judgement> {
  const browser = await stage.connected();
  await stage.expireAccessTokens();
  const before = await stage.lastId();
  await stage.fault(refreshFault({ kind: 'delay', for: `${refreshDelayMs}ms` }, callers));
  await Promise.all(Array.from({ length: callers }, () => stage.call(browser)));
  await stage.rest();
  const { refreshes } = await stage.requests(before);
  if (refreshes.length === 0) throw new NotSeen('the client did not refresh');
  const sent = refreshes.map((refresh) => refresh.parameter('refresh_token'));
  const says = `${callers} calls caused ${refreshes.length} refreshes`;
  if (new Set(sent).size === sent.length) return passed(`${says}, each with a refresh token of its own.`, refreshes);
  return refreshes.some(({ status }) => status !== 200)
    ? failed(`${says} with the same refresh token, and not all of them succeeded.`, refreshes)
    : warned(
        `${says} with the same refresh token. This provider accepts that; others revoke the connection.`,
        refreshes,
      );
}
