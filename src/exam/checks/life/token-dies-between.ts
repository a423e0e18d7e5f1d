import { defineCheck } from '../../check.js';
import { apiFault, exchangeLifetime, oneSecondIsOverMs } from '../../endpoint-faults.js';
import { NotSeen } from '../../judgement.js';
import { judgeRecovery } from '../../later-call.js';
import { withoutRefresh } from '../not-for.js';

/** A token can expire between the check of the clock and the call. */
export const tokenDiesBetween = defineCheck({
  id: 'token-dies-between',
  group: 'life',
  title: 'A token that expires between check and use is replaced',
  clause: 'RFC 6750 §3.1',
  severity: 'warning',
  stages: 'The client has refreshed because of the clock, and the API answers 401 to the new token once.',
  looksAt: 'Whether the client recovers without a new login.',
  advice: 'Answer a 401 with one refresh and one repetition, also if the token is new.',
  notFor: withoutRefresh,
  async examine(stage) {
    await stage.world.providers.policy({ provider: stage.provider.name, refreshRotation: 'keep' });
    await stage.fault(exchangeLifetime(1));
    const browser = await stage.connected();
    await stage.pause(oneSecondIsOverMs);
    const since = await stage.lastId();
    await stage.fault(apiFault({ kind: 'oauth-error', error: 'invalid_token' }, 1));
    await stage.call(browser);
    const { refreshes, calls } = await stage.requests(since);
    const refusal = calls.find(({ status }) => status === 401);
    const hasRefreshed = refusal !== undefined && refreshes.some(({ id }) => id < refusal.id);
    if (!hasRefreshed) throw new NotSeen('the client did not refresh before its call');
    return judgeRecovery(stage, browser, { what: 'a 401 for a new token', endpoint: 'resource', since });
  },
});
