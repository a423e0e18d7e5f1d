import { defineCheck } from '../../check.js';
import { judgeForgotten } from './forgotten.js';

/** A person who disconnects expects that the tokens are no longer used. */
export const disconnectForgets = defineCheck({
  id: 'disconnect-forgets',
  group: 'end',
  title: 'After disconnecting, the tokens are not used any more',
  clause: 'RFC 9700 §4.14',
  severity: 'error',
  stages: 'Ada connects, disconnects, and uses the API.',
  looksAt: 'Whether the client still sends a token.',
  advice: 'Delete both tokens when the person disconnects.',
  needs: ['disconnect'],
  async examine(stage) {
    const browser = await stage.connected();
    await stage.disconnect(browser);
    return judgeForgotten(stage, browser);
  },
});
