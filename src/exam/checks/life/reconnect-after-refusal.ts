import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';
import { refusedRefresh } from './refused-refresh.js';

/** People come back after their access was taken away. */
export const reconnectAfterRefusal = defineCheck({
  id: 'reconnect-after-refusal',
  group: 'life',
  title: 'After a refused refresh, connecting again works',
  clause: 'RFC 6749 §1.5',
  severity: 'error',
  stages: 'The token endpoint refuses a refresh. Then the person connects again.',
  looksAt: 'Whether the call works afterwards.',
  advice: 'Replace the dead connection by the new one.',
  notFor: ({ refreshes }) => (refreshes ? undefined : 'this provider gives no refresh tokens'),
  async examine(stage) {
    const { browser, refreshes } = await refusedRefresh(stage);
    await stage.clearFaults();
    const { failure } = await stage.connect(browser);
    const call = await stage.call(browser);
    return call.ok
      ? passed('The new connection works.', refreshes)
      : failed(`The new connection does not work: ${failure ?? call.outcome}.`, refreshes);
  },
});
