import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import type { Visit } from '../../../client/browser.js';

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
    // the target tells where it was given
    const add = (place: string) => (page: URL) => {
      for (const name of names) page.searchParams.set(name, `${url}/${place}/${name}`);
      return page;
    };
    const { visit } = await stage.connect(browser, { onStart: add('connect'), onCallback: add('callback') });
    // a client with pages is visited
    const { visited, failure } = visit as Visit;
    const at = visited.findIndex((each) => new URL(each).origin === new URL(url).origin);
    if (at < 0 && failure !== undefined) throw new NotSeen(`the flow did not end: ${failure}`);
    if (at < 0) return passed(`None of ${names.length} parameters sent the browser to another host.`);
    const [from, to] = visited.slice(at - 1).map((each) => new URL(each));
    const { authorizations } = await stage.requests();
    const targets = 'Each parameter had a target of its own: /connect/next is that of next at connect.';
    return failed(`${String(from?.pathname)} redirected to ${String(to?.href)}. ${targets}`, authorizations);
  },
});
