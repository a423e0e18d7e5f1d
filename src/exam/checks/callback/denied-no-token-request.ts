import { defineCheck } from '../../check.js';
import { deniedFlow } from '../../denied-flow.js';
import { failed, passed } from '../../judgement.js';

/** A refusal has no code, so there is nothing to exchange. */
export const deniedNoTokenRequest = defineCheck({
  id: 'denied-no-token-request',
  group: 'callback',
  title: 'After a denial, no token request follows',
  clause: 'RFC 6749 §4.1.2.1',
  severity: 'error',
  stages: 'The person denies the access.',
  looksAt: 'Whether a token request follows.',
  advice: 'Look at the parameter error before the code.',
  async examine(stage) {
    await deniedFlow(stage, await stage.newBrowser());
    await stage.rest();
    const { tokenRequests } = await stage.requests();
    return tokenRequests.length === 0
      ? passed('The denial was followed by no token request.')
      : failed('The client asked the token endpoint after a denial.', tokenRequests);
  },
});
