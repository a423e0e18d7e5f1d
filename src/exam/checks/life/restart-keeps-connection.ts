import { defineCheck } from '../../check.js';
import { passed, warned } from '../../judgement.js';

/** A deployment must not log people out. */
export const restartKeepsConnection = defineCheck({
  id: 'restart-keeps-connection',
  group: 'life',
  title: 'A restart keeps the connection',
  clause: 'RFC 6749 §1.5',
  severity: 'warning',
  stages: 'The client is ended and started again.',
  looksAt: 'Whether a call works without a new login.',
  advice: 'Keep sessions and tokens in a store, encrypted, and not in memory.',
  needs: ['restart'],
  async examine(stage) {
    const browser = await stage.connected();
    await stage.client.restart?.();
    const call = await stage.call(browser);
    const { exchanges, calls } = await stage.requests();
    const evidence = [...exchanges, ...calls];
    return call.ok
      ? passed('The call works after a restart.', evidence)
      : warned(`After a restart, the person has to connect again: ${call.outcome}.`, evidence);
  },
});
