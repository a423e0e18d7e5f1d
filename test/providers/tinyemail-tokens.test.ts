import t from 'tap';
import { startServer } from '../support.js';
import { Visit, credentials, tokens } from './visit.js';
import type { RealmSetup } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());

/** A visit to a tinyEmail that has more scopes than its own one. */
function visit(setup?: RealmSetup): Visit {
  const client = new Visit(server, 'tinyemail', setup);
  const scopes = Object.fromEntries(['import_customers', 'a', 'b'].map((name) => [name, { words: name }]));
  Object.assign(client.realm, { scopes });
  return client;
}

/** Status, error and description of an answer. */
async function outcome(answer: Promise<Response>): Promise<unknown[]> {
  const response = await answer;
  const { error, error_description } = (await response.json()) as Record<string, string>;
  return error === undefined ? [response.status] : [response.status, error, error_description];
}

t.test(
  'scope is checked for every grant, after the client and before grant_type [tinyemail.token.scope] [tinyemail.scope.split] [tinyemail.error.scope]',
  async (t) => {
    const client = visit();
    const unknown = [400, 'invalid_scope', 'Invalid scope: bogus'];
    const code = await client.code({ scope: 'b a' });
    t.same(await outcome(client.exchange(code, { scope: 'bogus' })), unknown);
    t.same(await outcome(client.exchange(code, { scope: 'bogus', client_secret: 'x' })), [
      401,
      'invalid_client',
      'Bad client credentials',
    ]);
    t.same(await outcome(client.token({ ...credentials, scope: 'bogus' })), unknown, 'before grant_type');
    t.same(await outcome(client.token({ ...credentials, scope: 'a' })), [400, 'invalid_request', 'Missing grant type']);
    const body = (await (await client.exchange(code, { scope: ' ' })).json()) as Record<string, string>;
    t.equal(body.scope, 'a b', 'a blank scope is none, the refusals did not spend the code, and scopes are sorted');

    const refresh = String(body.refresh_token);
    t.same(await outcome(client.refresh(refresh, { scope: 'bogus' })), unknown);
    t.same(await outcome(client.refresh(refresh, { scope: 'import_customers+a' })), [
      400,
      'invalid_scope',
      'Unable to narrow the scope of the client authentication to [a, import_customers].',
    ]);
    t.same(await outcome(client.refresh(refresh, { scope: ' ' })), [200], 'a blank scope is none');
    for (const [scope, empty] of [
      ['a  b', true],
      [' a', true],
      ['a++b', true],
      ['a ', false],
      ['a\tb', false],
      ['a+b', false],
    ] as const) {
      t.same(
        await outcome(client.refresh(refresh, { scope })),
        empty ? [400, 'invalid_scope', 'Invalid scope: '] : [200],
        JSON.stringify(scope),
      );
    }
    client.policy({ scopeCheckedAtToken: 'where-used' });
    t.equal((await client.exchange(await client.code(), { scope: 'bogus' })).status, 200);
    client.policy({ scopeCheckedAtToken: 'every-grant', scopeParameter: 'ignored' });
    t.equal((await client.exchange(await client.code(), { scope: 'bogus' })).status, 200);
  },
);

t.test('an expired token is removed when it is sent [tinyemail.api.removed]', async (t) => {
  const client = visit({ policy: { accessToken: '1h', refreshToken: '2h' } });
  const first = await client.pair();
  client.advance(3601);
  const call = (): Promise<unknown[]> => outcome(client.api('/contacts', first.access));
  t.same(await call(), [401, 'invalid_token', `Access token expired: ${first.access}`]);
  t.same(await call(), [401, 'invalid_token', `Invalid access token: ${first.access}`]);
  t.equal(client.entry().reason, 'bearer.removed');
  t.match(client.entry().explanation, /expired at 2026-01-01T01:00:00\.000Z, and was removed when it was sent/);

  const second = await client.pair();
  t.not(second.refresh, first.refresh, 'a removed token hands no refresh token on');
  client.advance(3601);
  t.equal((await client.pair()).refresh, second.refresh, 'one that expired without being sent does');

  client.advance(7201);
  const refresh = (): Promise<unknown[]> => outcome(client.refresh(second.refresh));
  t.same(await refresh(), [401, 'invalid_token', `Invalid refresh token (expired): ${second.refresh}`]);
  t.same(await refresh(), [400, 'invalid_grant', `Invalid refresh token: ${second.refresh}`]);
  t.equal(client.entry().reason, 'refresh.removed');

  client.advance(-20_000);
  t.same(await call(), [401, 'invalid_token', `Invalid access token: ${first.access}`], 'and stays so');
  const keeping = visit({ policy: { accessToken: '1h', expiredTokens: 'remembered' } });
  const third = await keeping.pair();
  keeping.advance(3601);
  for (const time of [1, 2]) {
    t.same(
      await outcome(keeping.api('/contacts', third.access)),
      [401, 'invalid_token', `Access token expired: ${third.access}`],
      `time ${time}`,
    );
  }
});

t.test('the text after Bearer is the token [tinyemail.api.header-text] [tinyemail.api.twice]', async (t) => {
  const client = visit();
  const { access } = await client.pair();
  const call = async (authorization: string, query = ''): Promise<unknown[]> =>
    outcome(client.fetch(`/v1/contacts${query}`, { headers: { authorization } }));
  for (const right of [`Bearer ${access}`, `bearer  ${access}`, `BEARER${access}`, `Bearer ${access}, x`]) {
    t.same(await call(right), [200], right);
  }
  for (const text of [`"${access}"`, `Bearer ${access}`, `${access} x`, ',x', '']) {
    // Spring writes the description as HTML
    const shown = text.replaceAll('"', '&quot;');
    t.same(await call(`Bearer ${text}`), [401, 'invalid_token', `Invalid access token: ${shown}`]);
    t.match(client.entry().notes.join(), /is not "Bearer", one space and a token/);
  }
  t.same(await call('Bearer x', `?access_token=${access}`), [401, 'invalid_token', 'Invalid access token: x']);
  t.match(client.entry().notes.join(), /was sent in header and in query; the first counts/);
  t.same(await call('Basic YTpi', `?access_token=${access}`), [200], 'another header is passed over');
  const missing = [401, 'unauthorized', 'Full authentication is required to access this resource'];
  for (const none of ['Basic YTpi', 'Token x', access, '']) t.same(await call(none), missing, none);
  t.same(await outcome(client.fetch('/v1/contacts', { headers: {} })), missing);
  t.ok((await tokens(await client.refresh((await client.pair()).refresh))).access);
});
