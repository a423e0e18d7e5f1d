import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import type { Visit } from '../../browser.js';

/** Names that applications use for the page to come back to. */
const names = [
  'next',
  'url',
  'target',
  'return',
  'return_to',
  'returnTo',
  'redirect',
  'redirect_to',
  'continue',
  'back',
];

/** A redirect that takes any target lends its good name to attackers. */
export const noOpenRedirect = defineCheck({
  id: 'no-open-redirect',
  group: 'callback',
  title: 'The client does not redirect to a host that a parameter names',
  clause: 'RFC 9700 §4.11.1, RFC 6749 §10.15',
  severity: 'error',
  stages: 'Connect and callback are visited with parameters such as next, with the URL of another host.',
  looksAt: 'Whether the browser is sent there.',
  advice: 'Take only paths of your own, from a list, or keep the target in the session.',
  needs: ['pages'],
  async examine(stage) {
    const { url } = await stage.otherHost();
    const browser = await stage.newBrowser();
    const add = (target: URL): URL => {
      for (const name of names) target.searchParams.set(name, `${url}/elsewhere`);
      return target;
    };
    const { visit } = await stage.connect(browser, { onStart: add, onCallback: add });
    // a client with pages is visited
    const { visited, failure } = visit as Visit;
    const isSent = visited.some((each) => new URL(each).origin === new URL(url).origin);
    if (!isSent && failure !== undefined) throw new NotSeen(`the flow did not end: ${failure}`);
    return isSent
      ? failed('The browser was sent to the host that a parameter named.')
      : passed(`None of ${names.length} parameters sent the browser to another host.`);
  },
});
