import { defineCheck } from '../../check.js';
import { heldCallback } from '../../held-callback.js';
import { NotSeen, failed, passed } from '../../judgement.js';

/** People reload pages, and browsers restore them. */
export const callbackReplayed = defineCheck({
  id: 'callback-replayed',
  group: 'callback',
  title: 'A callback that is visited again is not exchanged again',
  clause: 'RFC 6749 §4.1.2',
  severity: 'error',
  stages: 'The same callback is visited twice in the same browser.',
  looksAt: 'Whether a second token request follows.',
  advice: 'Forget the state when its callback came. Redirect to a page of your own afterwards.',
  needs: ['pages'],
  async examine(stage) {
    const browser = await stage.newBrowser();
    const callback = await heldCallback(stage, browser);
    await stage.visitCallback(browser, callback);
    await stage.rest();
    const before = await stage.lastId();
    await stage.visitCallback(browser, callback, { stopsAtProvider: true });
    await stage.rest();
    const again = (await stage.requests(before)).exchanges;
    const all = (await stage.requests()).exchanges;
    if (again.length > 0) return failed('The client exchanged the same code again.', all);
    if (all.length === 0) throw new NotSeen('the client exchanged no code');
    return passed('The second visit was followed by no token request.', all);
  },
});
