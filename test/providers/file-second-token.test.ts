import t from 'tap';
import { Agent, fetch as fetchBy } from 'undici';
import { Shop, folderOf, mistakesOf } from './files/shop.js';
import { demo } from '../support.js';
import { Browser, hasButton } from '../journeys/browserless.js';
import { start } from '../../src/client/index.js';
import type { Answered } from './files/shop.js';
import type { ProviderDocument } from '../../src/providers/files/schema/document.js';

type Tokens = Readonly<Record<string, { readonly kind: string; readonly scopes: string[]; readonly grantId: string }>>;

const credentials = { client_id: Shop.client.id, client_secret: Shop.client.secret };
const document: ProviderDocument = {
  parameters: { authorize: { as_user: {} } },
  endpoints: { revoke: '/revoke', introspect: '/introspect' },
  policy: { accessToken: '1h', refreshRotation: 'rotate' },
  answers: {
    token: {
      body: {
        access_token: '{{ access_token }}',
        refresh_token: '{{ refresh_token }}',
        kind: '{% if is_second %}user{% else %}bot{% endif %}',
        scope: '{{ scope }}',
        user_token: '{{ second.access_token }}',
        user_refresh: '{{ second.refresh_token }}',
        user_scope: '{{ second.scope }}',
        user_ends: '{{ second.expires_at }}',
        user_seconds: '{{ second.expires_in }}',
      },
    },
    secondToken: {
      when: 'authorize.as_user',
      scopes: '{{ authorize.as_user }}',
      alone: "scopes contains 'alone'",
      shape: { shape: 'hex', length: 40, prefix: 'user-' },
    },
  },
  tokens: { accessToken: { shape: 'hex', length: 40, prefix: 'bot-' } },
  scopes: { read: 'Read', write: 'Write', alone: 'No bot' },
  resources: [
    { path: '/read', scopes: ['read'], body: { as: '{{ scope }}' } },
    { path: '/write', scopes: ['write'], body: { as: '{{ scope }}' } },
  ],
};

t.test('a second access token in one answer is a token of its own', async (t) => {
  const shop = await Shop.open(t, document);
  await shop.world.clock.set({ now: '2026-01-01T00:00:00Z', frozen: true });
  const both = await shop.tokens({ scope: 'read', as_user: 'write,read write' });
  t.match(both, {
    access_token: /^bot-[0-9a-f]{40}$/,
    kind: 'bot',
    scope: 'read',
    user_token: /^user-[0-9a-f]{40}$/,
    user_scope: 'write read',
    user_ends: 1_767_229_200,
    user_seconds: 3600,
  });
  const call = async (path: string, token: string | undefined): Promise<number> =>
    (await shop.get(`/api${path}`, token)).status;
  t.same(await Promise.all([call('/write', both.user_token), call('/write', both.access_token)]), [200, 403]);

  const listed: Tokens = Object.fromEntries(
    (await shop.world.tokens.list({ provider: 'shop' })).map((each) => [each.token, each]),
  );
  t.match(listed[String(both.user_token)], { kind: 'access', scopes: ['write', 'read'], status: 'live' });
  t.equal(listed[String(both.user_token)]?.grantId, listed[String(both.access_token)]?.grantId, 'one grant');
  t.match(listed[String(both.user_refresh)], { kind: 'refresh', scopes: ['write', 'read'] });
  const entries = await shop.world.journal.list({ provider: 'shop' });
  const flowOf = (endpoint: string): (string | undefined)[] =>
    entries.filter((entry) => entry.endpoint === endpoint).map(({ flow }) => flow);
  t.strictSame(flowOf('resource'), [...flowOf('token'), ...flowOf('token')], 'calls with both are in one flow');

  const revoked = await shop.post('/revoke', { token: both.user_token });
  t.equal(revoked.status, 200);
  t.same(await Promise.all([call('/read', both.user_token), call('/read', both.access_token)]), [401, 200]);
  const asked = (await shop.post('/introspect', { token: both.user_token })).json as Readonly<Record<string, unknown>>;
  t.equal(asked.active, false);

  const other = await shop.tokens({ scope: 'read', as_user: 'write' });
  await shop.world.clock.advance('1h');
  t.equal(await call('/write', other.user_token), 401, 'it ends');
  t.match((await shop.newest()).reason, 'bearer.expired');
});

t.test('a second access token is refreshed by its own refresh token', async (t) => {
  const shop = await Shop.open(t, { ...document, policy: { ...document.policy, refreshRevokesAccessToken: true } });
  const both = await shop.tokens({ scope: 'read', as_user: 'write' });
  const refresh = (token: string | undefined) =>
    shop.post('/token', { grant_type: 'refresh_token', refresh_token: token });
  const { json: next } = await refresh(both.user_refresh);
  t.match(next, { access_token: /^user-/, kind: 'user', scope: 'write' });
  t.notOk('user_token' in next, 'a refresh gives one token');
  t.equal((await shop.get('/api/write', next.access_token)).status, 200);
  t.equal((await shop.get('/api/write', both.user_token)).status, 401, 'the refreshed one');
  t.equal((await shop.get('/api/read', both.access_token)).status, 200, 'the first one is left alone');
  t.match((await refresh(both.refresh_token)).json, { access_token: /^bot-/, kind: 'bot', scope: 'read' });
  t.equal((await refresh(both.user_refresh)).status, 400, 'rotated');
  t.match((await refresh(next.refresh_token)).json, { access_token: /^user-/, kind: 'user' });

  for (const refreshRotation of ['keep', 'retire-previous-on-first-use'] as const) {
    await shop.world.providers.policy({ provider: 'shop', refreshRotation });
    const { user_refresh: own } = await shop.tokens({ scope: 'read', as_user: 'write' });
    t.match((await refresh(own)).json, { access_token: /^user-/, kind: 'user', scope: 'write' }, refreshRotation);
  }
});

t.test('a second access token can be the only one, and no grant has one without its condition', async (t) => {
  const shop = await Shop.open(t, document);
  const alone = await shop.tokens({ scope: 'read alone', as_user: 'write' });
  t.match(alone, { access_token: /^user-/, kind: 'user', scope: 'write' });
  t.notOk('user_token' in alone);
  t.equal((await shop.world.tokens.list({ provider: 'shop', kind: 'access' })).length, 1, 'no other was issued');
  const first = await shop.tokens({ scope: 'read' });
  t.match(first, { access_token: /^bot-/, kind: 'bot' });
  t.notOk('user_token' in first || 'user_scope' in first);
});

t.test('a second access token that is alone counts as a token of the scopes that were granted', async (t) => {
  const shop = await Shop.open(t, document);
  const set = (policy: ProviderDocument['policy']): Promise<unknown> =>
    shop.world.providers.policy({ provider: 'shop', ...policy });
  const auto = { mode: 'auto', user: demo.username, decision: 'allow' } as const;
  /** Whether the user, who is logged in, sees no consent page. */
  const isSkipped = async (browser: Browser, parameters: Readonly<Record<string, string>>): Promise<boolean> => {
    await set({ interaction: { mode: 'manual' } });
    const asked = { response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri, state: 's' };
    const url = `${shop.url}/authorize?${new URLSearchParams({ ...asked, ...parameters }).toString()}`;
    const page = await browser.open(url);
    const next = hasButton(page, 'Log in') ? await browser.press(page, 'Log in', demo) : page;
    await set({ interaction: auto });
    t.ok(next.status === 0 || hasButton(next, 'Allow'), 'the page or the redirect');
    return next.status === 0;
  };
  const alone = { scope: 'read alone', as_user: 'write' };
  for (const consent of ['skipped-while-a-token-lives', 'skipped-until-revoked'] as const) {
    await shop.world.reset();
    await set({ consent });
    const browser = new Browser();
    t.equal(await isSkipped(browser, alone), false, consent);
    const { refresh_token: own } = await shop.tokens(alone);
    t.equal(await isSkipped(browser, alone), true, consent);
    await shop.post('/token', { grant_type: 'refresh_token', refresh_token: own });
    t.equal(await isSkipped(browser, alone), true, 'after a refresh');
    t.equal(await isSkipped(browser, { ...alone, scope: 'read' }), false, 'not of other scopes');
  }

  await shop.world.reset();
  await set({ accessTokenReused: true });
  const { access_token: token, refresh_token: refresh } = await shop.tokens(alone);
  t.match(await shop.tokens(alone), { access_token: token, refresh_token: refresh }, 'the same again');
  const other = await shop.tokens({ ...alone, as_user: 'read' });
  t.match(other, { scope: 'read' });
  t.not(other.access_token, token, 'other scopes of the second access token');
  const first = await shop.tokens({ scope: 'read alone' });
  t.match(first, { access_token: /^bot-/, kind: 'bot' }, 'the first one is another');
  t.equal((await shop.tokens({ scope: 'read alone' })).access_token, first.access_token);
});

t.test('a client that refreshes both tokens in time refreshes none too often', async (t) => {
  const shop = await Shop.open(t, {
    ...document,
    policy: { ...document.policy, clientCredentialsIn: ['basic', 'body'] },
  });
  // on one connection, the second refresh is known to follow the answer to the first
  const dispatcher = new Agent({ connections: 1 });
  t.teardown(() => dispatcher.close());
  let { refresh_token: first, user_refresh: second } = await shop.tokens({ scope: 'read', as_user: 'write' });
  for (let round = 0; round < 3; round += 1) {
    await shop.world.clock.advance('50m');
    const refresh = async (token = ''): Promise<string | undefined> => {
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token, ...credentials });
      const answer = await fetchBy(`${shop.url}/token`, { method: 'POST', body, dispatcher });
      return ((await answer.json()) as Answered['json']).refresh_token;
    };
    first = await refresh(first);
    second = await refresh(second);
  }
  const { findings } = await shop.world.findings();
  t.same(
    findings.filter(({ rule }) => rule === 'refresh-storm'),
    [],
  );
});

t.test('limits of tokens count both kinds by themselves, and a code that is used again ends both', async (t) => {
  const policy = { ...document.policy, accessTokensPerUser: 1, refreshTokensPerUser: 1, replayRevokesTokens: true };
  const shop = await Shop.open(t, { ...document, policy });
  const older = await shop.tokens({ scope: 'read', as_user: 'read' });
  const code = await shop.code({ scope: 'read', as_user: 'read' });
  const exchange = { grant_type: 'authorization_code', redirect_uri: Shop.redirectUri, code };
  const { json: newer } = await shop.post('/token', exchange);
  const statuses = async (): Promise<number[]> =>
    Promise.all(
      [older.access_token, older.user_token, newer.access_token, newer.user_token].map(
        async (token) => (await shop.get('/api/read', token)).status,
      ),
    );
  t.same(await statuses(), [401, 401, 200, 200]);
  await shop.post('/token', exchange);
  t.same(await statuses(), [401, 401, 401, 401]);
});

t.test('a snapshot keeps the kind of a token', async (t) => {
  const shop = await Shop.open(t, document);
  const both = await shop.tokens({ scope: 'read', as_user: 'write' });
  await shop.world.snapshot.restore(await shop.world.snapshot.take());
  const refreshed = await shop.post('/token', { grant_type: 'refresh_token', refresh_token: both.user_refresh });
  t.match(refreshed.json, { access_token: /^user-/, kind: 'user', scope: 'write' });
});

t.test('a file that is like another one changes single members of its second token', async (t) => {
  const auto = { interaction: { mode: 'auto', user: 'ada@example.test', decision: 'allow' } };
  const folder = folderOf(t, {
    'shop.json': JSON.stringify({ ...document, policy: auto }),
    'other.json': JSON.stringify({ like: 'shop', answers: { secondToken: { scopes: 'write' } } }),
    'every.json': JSON.stringify({
      policy: auto,
      answers: { secondToken: {}, token: { body: { one: '{{ access_token }}', two: '{{ second.access_token }}' } } },
    }),
  });
  const server = await start({ providers: folder });
  t.teardown(() => server.close());
  const { other, every } = (await server.world().info()).providers;
  const tokensOf = async (
    { authorizeUrl, tokenUrl }: { authorizeUrl: string; tokenUrl: string },
    asked: Readonly<Record<string, string>>,
  ): Promise<unknown> => {
    const url = new URL(authorizeUrl);
    url.search = String(
      new URLSearchParams({
        response_type: 'code',
        client_id: Shop.client.id,
        redirect_uri: Shop.redirectUri,
        ...asked,
      }),
    );
    const { code } = await server.world().authorize(url);
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: Shop.redirectUri,
      code: String(code),
      ...credentials,
    };
    return (await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) })).json();
  };
  t.match(await tokensOf(other!, { scope: 'read', as_user: 'read' }), { user_token: /^user-/, user_scope: 'write' });
  t.notMatch(await tokensOf(other!, { scope: 'read' }), { user_token: /./ }, 'the condition is that of the other one');
  // without a condition, a shape and scopes, each answer has one more of the same
  const { one, two } = (await tokensOf(every!, {})) as Record<string, string>;
  t.ok(one !== undefined && two !== undefined && one !== two && one.length === two.length);
});

t.test('mistakes in a second token', (t) => {
  const mistakes = (answers: object): string[] =>
    mistakesOf(t, { 'shop.json': JSON.stringify({ answers }) }).map((text) => text.replace(/^\S+ /, ''));
  t.same(mistakes({ secondToken: {} }), [
    'answers.secondToken: no answer has it: answers.token has no {{ second.access_token }}',
  ]);
  t.same(mistakes({ secondToken: {}, token: { body: { seconds: 'second' } } }), [
    'answers.secondToken: no answer has it: answers.token has no {{ second.access_token }}',
  ]);
  const none = 'no answer has it: answers.token has no {{ second.access_token }}';
  const tokenOf = (body: unknown): object => ({ body });
  for (const body of ['wait a second. ok', '{{ scope }} second.access_token', '{{ second.scope }}']) {
    t.same(mistakes({ secondToken: {}, token: tokenOf(body) }), [`answers.secondToken: ${none}`], body);
  }
  for (const body of [
    "{{ second['access_token'] }}",
    '{% assign two = second %}{{ two.access_token }}',
    '{% if is_second %}user{% else %}bot{% endif %} {{ access_token }}',
  ]) {
    t.same(mistakes({ secondToken: {}, token: tokenOf(body) }), [], body);
    t.same(mistakes({ secondToken: {}, token: { ...tokenOf('no'), cases: [{ when: 'scope', body }] } }), [], body);
  }
  const alone = tokenOf('{{ access_token }}');
  t.same(mistakes({ secondToken: { alone: 'true' }, token: alone }), []);
  t.same(mistakes({ secondToken: { when: 'false' }, token: alone }), []);
  t.same(mistakes({ secondToken: {}, token: tokenOf('{{ second.access_token | x }}') }).length, 1, 'a wrong template');
  const token = { body: { access_token: '{{ access_token }}', user: '{{ second.access_token }}' } };
  const liked = (answers: object): string[] =>
    mistakesOf(t, {
      'base.json': JSON.stringify({ answers: { secondToken: {}, token } }),
      'shop.json': JSON.stringify({ like: 'base', answers }),
    }).map((text) => text.replace(/^\S+ /, ''));
  t.same(liked({ token: alone }), [
    `answers.token: the second access token is that of the provider "base": ${none}. ` +
      "A provider without one has answers.secondToken with when: 'false'",
  ]);
  t.same(liked({ token: alone, secondToken: { when: 'false' } }), []);
  t.same(liked({ token }), []);
  t.same(liked({}), []);
  t.same(mistakes({ secondToken: { when: 'headers.a', scopes: '{{ second.scope }}' }, token }), [
    'answers.secondToken.when: there is no variable "headers"; known: scope, scopes, grant_type, client, user, authorize, now',
    'answers.secondToken.scopes: there is no variable "second"; known: scope, scopes, grant_type, client, user, authorize, now',
  ]);
  t.same(mistakes({ secondToken: {}, token: { body: '{{ second.token }}' } }), [
    'answers.token.body: "second" has no member "token"; known: access_token, expires_in, expires_at, refresh_token, scope, scopes',
  ]);
  t.end();
});

t.test('minting issues one access token, which it returns', async (t) => {
  const shop = await Shop.open(t, { ...document, answers: { ...document.answers, secondToken: { scopes: 'write' } } });
  const minted = await shop.world.tokens.mint({
    provider: 'shop',
    clientId: Shop.client.id,
    userId: 'ada@example.test',
    scopes: ['read'],
  });
  t.match(minted, { accessToken: /^bot-/, refreshToken: /./, scopes: ['read'] });
  t.equal((await shop.world.tokens.list({ provider: 'shop' })).length, 2, 'the access token and its refresh token');

  const secondToken = { ...document.answers?.secondToken, when: 'true' };
  const lone = await Shop.open(t, { ...document, answers: { ...document.answers, secondToken } });
  const { accessToken } = await lone.world.tokens.mint({
    provider: 'shop',
    clientId: Shop.client.id,
    userId: 'ada@example.test',
    scopes: ['alone'],
  });
  t.match(accessToken, /^user-/, 'the second one where it stands alone');
});
