import { defineCheck } from '../../check.js';
import { heldCallback } from '../../held-callback.js';
import { foreignExchanges } from '../../foreign-exchanges.js';
import { failed, passed } from '../../judgement.js';
import { withoutState } from '../not-for.js';
import { unknownState } from './refused-callback.js';

/** An attacker sends people to the callback with a code of their own account. */
export const unsolicitedCallback = defineCheck({
  id: 'unsolicited-callback',
  group: 'callback',
  title: 'A callback without a flow is refused',
  clause: 'RFC 6749 §10.12, RFC 9700 §4.7',
  severity: 'error',
  stages: 'A browser that began no flow visits the callback with a good code.',
  looksAt: 'Whether a token request follows.',
  advice: 'Exchange a code only if this browser waits for one.',
  needs: ['pages'],
  notFor: withoutState,
  async examine(stage) {
    const callback = await heldCallback(stage, await stage.newBrowser());
    const hasState = callback.searchParams.has('state');
    callback.searchParams.set('state', unknownState);
    const otherBrowser = await stage.newBrowser();
    await stage.visitCallback(otherBrowser, callback, { stopsAtProvider: true });
    await stage.rest();
    const exchanges = foreignExchanges(await stage.requests(), hasState);
    return exchanges.length === 0
      ? passed('The callback was followed by no token request.')
      : failed('The client exchanged a code that its browser had not asked for.', exchanges);
  },
});
