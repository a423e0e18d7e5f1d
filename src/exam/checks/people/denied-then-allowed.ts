import { defineCheck } from '../../check.js';
import { deniedFlow } from '../../denied-flow.js';
import { judgeNextFlow } from '../../next-flow.js';

/** A person can deny by mistake. */
export const deniedThenAllowed = defineCheck({
  id: 'denied-then-allowed',
  group: 'people',
  title: 'A person who denied can allow later',
  clause: 'RFC 6749 §4.1.2.1',
  severity: 'error',
  stages: 'Ada denies the access, then connects in the same browser and allows it.',
  looksAt: 'Whether the call works afterwards.',
  advice: 'Keep nothing of a flow that was denied. The next one begins from the start.',
  async examine(stage) {
    const browser = await stage.newBrowser();
    await deniedFlow(stage, browser);
    return judgeNextFlow(stage, browser);
  },
});
