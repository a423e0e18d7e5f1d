import { defineCheck } from '../../check.js';
import { judgeNextFlow } from '../../next-flow.js';
import { withoutRefresh } from '../not-for.js';
import { refusedRefresh } from './refused-refresh.js';

/** A refused refresh must not block the next connection. */
export const reconnectAfterRefusal = defineCheck({
  id: 'reconnect-after-refusal',
  group: 'life',
  title: 'After a refused refresh, connecting again works',
  clause: 'RFC 6749 §1.5',
  severity: 'error',
  stages: 'The token endpoint refuses a refresh. Then the person connects again.',
  looksAt: 'Whether the call works afterwards.',
  advice: 'Replace the ended connection by the new one.',
  notFor: withoutRefresh,
  async examine(stage) {
    const { browser } = await refusedRefresh(stage);
    await stage.clearFaults();
    return judgeNextFlow(stage, browser);
  },
});
