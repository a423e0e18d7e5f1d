import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { whoseCall } from './whose-call.js';

/** Several people can share a computer, and a person can have two accounts. */
export const otherPersonSameBrowser = defineCheck({
  id: 'other-person-same-browser',
  group: 'people',
  title: 'After another account connects in the same browser, its token is used',
  clause: 'RFC 6749 §1.4',
  severity: 'error',
  stages: 'Ada connects. Then Grace logs in at the provider in the same browser, and connects.',
  looksAt: 'Whose token the next call uses.',
  advice: 'Replace the connection of the session by the new one, or keep both and let the person choose.',
  async examine(stage) {
    const [ada, grace] = stage.people;
    const browser = await stage.connected(ada);
    browser.logOutAtProvider(grace);
    const before = await stage.lastId();
    await stage.connect(browser);
    const { succeededExchanges } = await stage.requests(before);
    if (succeededExchanges.length === 0) throw new NotSeen('the client began no second flow');
    const { request, userId } = await whoseCall(stage, browser);
    return userId === grace.id
      ? passed("The call used Grace's token.", [request])
      : failed("The call used Ada's token, although Grace had connected.", [...succeededExchanges, request]);
  },
});
