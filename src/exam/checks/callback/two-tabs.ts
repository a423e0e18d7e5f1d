import { defineCheck } from '../../check.js';
import { heldCallback } from '../../held-callback.js';
import { failed, passed, warned } from '../../judgement.js';

/** A person can begin a flow in two tabs. */
export const twoTabs = defineCheck({
  id: 'two-tabs',
  group: 'callback',
  title: 'Two flows in the same browser do not disturb each other',
  clause: 'RFC 6749 §4.1',
  severity: 'warning',
  stages: 'Two flows are begun in one browser. The callback of the first comes after the second has begun.',
  looksAt: 'Whether a flow ends well.',
  advice: 'Keep several states in a session, each with its verifier.',
  needs: ['pages'],
  async examine(stage) {
    const browser = await stage.newBrowser();
    const first = await heldCallback(stage, browser);
    const second = await heldCallback(stage, browser);
    await stage.visitCallback(browser, first);
    const early = await stage.call(browser);
    await stage.visitCallback(browser, second);
    const late = await stage.call(browser);
    const { exchanges } = await stage.requests();
    if (early.ok && late.ok) return passed('Both flows ended well.', exchanges);
    if (late.ok) return warned('The flow that was begun first did not end well. The second did.', exchanges);
    return early.ok
      ? failed(`The flow that was begun second did not end well: ${late.outcome}. The first did.`, exchanges)
      : failed(`Neither flow left the client connected: ${late.outcome}.`, exchanges);
  },
});
