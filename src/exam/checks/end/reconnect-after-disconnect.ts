import { defineCheck } from '../../check.js';
import { judgeNextFlow } from '../../next-flow.js';

/** A connection that was ended must not block the next one. */
export const reconnectAfterDisconnect = defineCheck({
  id: 'reconnect-after-disconnect',
  group: 'end',
  title: 'A person who disconnected can connect again',
  clause: 'RFC 6749 §4.1',
  severity: 'error',
  stages: 'Ada connects, disconnects, connects again in the same browser, and uses the API.',
  looksAt: 'Whether the call works.',
  advice: 'Let a new flow begin from the start, whatever became of the connection before it.',
  needs: ['disconnect'],
  async examine(stage) {
    const browser = await stage.connected();
    await stage.disconnect(browser);
    return judgeNextFlow(stage, browser);
  },
});
