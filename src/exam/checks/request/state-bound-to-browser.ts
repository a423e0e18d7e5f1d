import { defineCheck } from '../../check.js';
import { foreignExchanges } from '../../foreign-exchanges.js';
import { failed, passed } from '../../judgement.js';
import { requireSessions } from '../../sessions.js';
import { heldCallback } from '../../held-callback.js';
import { withoutState } from '../not-for.js';

/** Without the binding, an attacker can connect a victim to the attacker's account (login CSRF). */
export const stateBoundToBrowser = defineCheck({
  id: 'state-bound-to-browser',
  group: 'request',
  title: 'A callback is only accepted in the browser that began its flow',
  clause: 'RFC 6749 §10.12, RFC 9700 §4.7',
  severity: 'error',
  stages: 'A flow is begun in one browser, and its callback is visited in another.',
  looksAt: 'Whether the code is exchanged.',
  advice: 'Keep the state in the session of the browser, not in a list for all.',
  notFor: withoutState,
  needs: ['pages'],
  async examine(stage) {
    const [first, second] = [await stage.newBrowser(), await stage.newBrowser()];
    const callback = await heldCallback(stage, first);
    await requireSessions(first);
    // a client may answer by beginning a flow of this browser, which is not to be followed
    await stage.visitCallback(second, callback, { stopsAtProvider: true });
    await stage.rest();
    const exchanges = foreignExchanges(await stage.requests(), callback.searchParams.has('state'));
    return exchanges.length === 0
      ? passed('The callback in another browser was followed by no token request.')
      : failed('The client exchanged the code of a flow that another browser had begun.', exchanges);
  },
});
