import { defineCheck } from '../../check.js';
import { refreshFault, unavailable } from '../../endpoint-faults.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';
import { usualCalls } from '../../usual-calls.js';
import { withoutRefresh } from '../not-for.js';

/** How often the client is used. Up to two refreshes for each are no loop. */
const uses = 5;

/** A token endpoint that is down comes back slower under load. */
export const refreshNotHammered = defineCheck({
  id: 'refresh-not-hammered',
  group: 'life',
  title: 'A token endpoint that is down is not asked in a loop',
  clause: 'RFC 9110 §10.2.3',
  severity: 'warning',
  stages: 'The token endpoint answers every refresh with 503, and the client is used five times.',
  looksAt: 'How many refreshes there are.',
  advice: 'After a failure, wait longer each time before you ask again.',
  notFor: withoutRefresh,
  async examine(stage) {
    const browser = await stage.connected();
    const usual = uses * (await usualCalls(stage, browser));
    await stage.expireAccessTokens();
    const before = await stage.lastId();
    await stage.fault(refreshFault(unavailable));
    for (let times = 0; times < uses; times += 1) await stage.call(browser);
    await stage.rest();
    const { refreshes } = await stage.requests(before);
    if (refreshes.length === 0) throw new NotSeen('the client did not refresh');
    const explanation = `${uses} uses caused ${refreshes.length} refreshes.`;
    if (refreshes.length <= 2 * usual) return passed(explanation, refreshes);
    return refreshes.length <= 4 * usual ? warned(explanation, refreshes) : failed(explanation, refreshes);
  },
});
