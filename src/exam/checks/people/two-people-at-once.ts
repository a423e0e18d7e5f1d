import { defineCheck } from '../../check.js';
import { heldCallback } from '../../held-callback.js';
import { requireSessions } from '../../sessions.js';
import { judgeOwnTokens } from './whose-call.js';

/** A client that keeps one flow for all people overwrites it with the next. */
export const twoPeopleAtOnce = defineCheck({
  id: 'two-people-at-once',
  group: 'people',
  title: 'Two people who connect at the same time get connections of their own',
  clause: 'RFC 6749 §10.12',
  severity: 'error',
  stages: "Grace begins and ends her flow while Ada's is in progress, in another browser.",
  looksAt: 'Whose token each of them uses afterwards.',
  advice: 'Keep state, verifier and tokens in the session of the browser, never in a variable of the program.',
  needs: ['pages'],
  async examine(stage) {
    const [ada, grace] = stage.people;
    const first = await stage.newBrowser(ada);
    const callback = await heldCallback(stage, first);
    const second = await stage.connected(grace);
    await stage.visitCallback(first, callback);
    await requireSessions(first);
    return judgeOwnTokens(stage, first, second);
  },
});
