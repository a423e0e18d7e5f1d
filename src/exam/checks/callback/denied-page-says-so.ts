import { defineCheck } from '../../check.js';
import { deniedFlow } from '../../denied-flow.js';
import { judgeAnswered } from './answered.js';

/** A person who denies needs a page that says what to do next. */
export const deniedPageSaysSo = defineCheck({
  id: 'denied-page-says-so',
  group: 'callback',
  title: 'After a denial, the client answers and is not connected',
  clause: 'RFC 6749 §4.1.2.1',
  severity: 'error',
  stages: 'The person denies the access, then uses the client.',
  looksAt: 'Whether the callback is answered without an error of the server, and whether the next call fails.',
  advice: 'Show a page that says that access was not given, and how to try again.',
  needs: ['pages'],
  async examine(stage) {
    const browser = await stage.newBrowser();
    const visit = await deniedFlow(stage, browser);
    return judgeAnswered(stage, browser, visit, 'the denial');
  },
});
