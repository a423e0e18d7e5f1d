import t from 'tap';
import { callApi, examOfPages } from './plain-application.js';

t.jobs = 2;

void t.test('a call that redirects people without a connection to another page is no success', async (t) => {
  const result = await examOfPages(
    t,
    {
      '/lists': async (asked) => ((await callApi(asked)) ? { text: 'lists' } : { location: '/?error=not-connected' }),
    },
    { only: ['refresh-after-401'] },
  );
  t.equal(result.callsProveNothing, false);
  t.match(result.checks, [{ verdict: /failed|warned/, explanation: /GET \/lists → 302 to \/ → 200\.$/ }]);
});

void t.test(
  'a redirect to the same page with another slash is a success, as is one after a use of the API',
  async (t) => {
    for (const path of ['/slash', '/used']) {
      const result = await examOfPages(
        t,
        {
          '/slash': ({ token }) => (token() === undefined ? { status: 401 } : { location: '/slash/' }),
          '/slash/': async (asked) => ({ status: (await callApi(asked)) ? 200 : 502 }),
          '/used': async (asked) => ((await callApi(asked)) ? { location: '/done' } : { location: '/' }),
          '/done': () => ({ text: 'done' }),
        },
        {
          path,
          only: ['token-in-header'],
        },
      );
      t.match(result, { callsProveNothing: false, checks: [{ verdict: 'passed' }] }, path);
    }
  },
);

void t.test('a call that is redirected also with a connection, without the API, proves nothing', async (t) => {
  const result = await examOfPages(t, { '/lists': () => ({ location: '/' }) }, { only: ['token-in-header'] });
  t.equal(result.callsProveNothing, true);
  const note = 'the call was redirected, and used the API without success, or not at all: GET /lists → 302 to / → 200';
  t.strictSame(result.notes, [note]);
});

const disconnectChecks = ['disconnect-revokes', 'disconnect-forgets', 'reconnect-after-disconnect'];

void t.test('a connection that the client refuses to end is not judged', async (t) => {
  const { checks } = await examOfPages(t, { '/disconnect': () => ({ status: 405 }) }, { only: disconnectChecks });
  t.match(
    checks.filter(({ verdict }) => verdict !== 'not-applicable'),
    [
      { verdict: 'not-seen', explanation: 'the connection was not ended: GET /disconnect answered 405' },
      { verdict: 'not-seen', explanation: 'the connection was not ended: GET /disconnect answered 405' },
    ],
  );
});

void t.test('a redirect after the end of a connection is no refusal', async (t) => {
  const { checks } = await examOfPages(
    t,
    {
      '/disconnect': ({ keep }) => {
        keep(undefined);
        return { location: '/' };
      },
    },
    { only: disconnectChecks.slice(1) },
  );
  t.match(checks, [{ verdict: 'passed' }, { verdict: 'passed' }]);
});

void t.test('an application that does not answer ends no connection', async (t) => {
  const options = { only: disconnectChecks.slice(1, 2), disconnect: 'http://127.0.0.1:9/disconnect' };
  const { checks } = await examOfPages(t, {}, options);
  t.match(checks, [
    { verdict: 'not-seen', explanation: /^the connection was not ended: GET http:\S+ had no answer: / },
  ]);
});
