import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';

/** Anybody can send people to the callback with a text of their own. */
export const errorTextEscaped = defineCheck({
  id: 'error-text-escaped',
  group: 'callback',
  title: 'The text of an error is escaped in the page',
  clause: 'RFC 6749 §10.14',
  severity: 'error',
  stages: 'The callback has an error with a script in its description.',
  looksAt: 'Whether the page has the script as it is.',
  advice: 'Escape everything that comes with a request, or show a text of your own.',
  needs: ['pages'],
  async examine(stage) {
    const script = '<script>alert(4711)</script>';
    const browser = await stage.newBrowser();
    const { visit } = await stage.connect(browser, {
      onCallback: (callback) => {
        callback.searchParams.delete('code');
        callback.searchParams.set('error', script);
        callback.searchParams.set('error_description', script);
        return callback;
      },
    });
    if (visit?.page === undefined) throw new NotSeen('the callback was not answered');
    const type = visit.page.headers.get('content-type') ?? '';
    // in JSON and plain text, a browser runs no script
    const isRaw = visit.page.body.includes(script) && /html|xml|^$/.test(type);
    const { authorizations } = await stage.requests();
    const { origin, pathname } = new URL(visit.page.url);
    return isRaw
      ? failed(`The page ${origin}${pathname} contains the script as it was sent with the callback.`, authorizations)
      : passed('The page does not contain the script.');
  },
});
