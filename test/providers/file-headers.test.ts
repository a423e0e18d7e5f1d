// Headers of the request in templates of provider files.
import t from 'tap';
import { isSecretHeader } from '../../src/input/secret-headers.js';
import { Shop, mistakesOf } from './files/shop.js';

const secretHeaders = [
  ...['authorization', 'proxy-authorization', 'cookie', 'token', 'key', 'apikey', 'api-key', 'x-api-key', 'x-apikey'],
  ...['x-acme-access-token', 'accesstoken', 'x-csrf-token', 'x-xsrf-token', 'x-csrf', 'client-secret', 'clientsecret'],
  ...[
    'x-auth',
    'x-user-password',
    'x-client-assertion',
    'x-auth-token-2',
    'x_session_token',
    'x-original-authorization',
  ],
  ...['x-jwt', 'x-session', 'ocp-apim-subscription-key'],
];
const version = "{{ headers['x-version'] }}";

t.test('token answers, refusals and calls of the API read headers of the request', async (t) => {
  const shop = await Shop.open(t, {
    endpoints: { authorize: '/authorize', token: '/token', userinfo: '/me' },
    answers: {
      token: {
        body: { access_token: '{{ access_token }}', version, left: '{{ refresh_absolute_expires_in }}' },
        cases: [{ when: "headers['x-version'] == '2'", body: { data: { access_token: '{{ access_token }}' } } }],
      },
      userinfo: { body: { version: '{{ headers.x-version }}' } },
    },
    policy: { refreshTokenAbsolute: '1h' },
    errors: { token: { body: { error: '{{ error }}', version } }, api: { body: { version } } },
    resources: [
      { path: '/page', body: { version, agent: "{{ headers['user-agent'] }}" } },
      { path: '/all', body: { names: '{% for header in headers %}{{ header | first }} {% endfor %}' } },
    ],
  });
  const form = async () => ({
    grant_type: 'authorization_code',
    redirect_uri: Shop.redirectUri,
    code: await shop.code(),
  });
  await shop.world.clock.set({ frozen: true });
  const { json } = await shop.post('/token', await form());
  t.match(json, { access_token: String, left: 3600 });
  t.notHas(json, 'version');
  t.match((await shop.post('/token', await form(), { 'X-Version': '1' })).json, { version: '1' });
  t.match((await shop.post('/token', await form(), { 'X-Version': '2' })).json, { data: { access_token: String } });
  t.match((await shop.post('/token', { grant_type: 'x' }, { 'X-Version': '3' })).json, { version: '3' });

  const headers = { authorization: `Bearer ${String(json.access_token)}`, 'x-version': '4' };
  t.match((await shop.send('/api/page', { headers: { ...headers, 'User-Agent': 'anvil/1' } })).json, {
    version: '4',
    agent: 'anvil/1',
  });
  t.same((await shop.send('/me', { headers })).json, { version: '4' });
  t.same((await shop.send('/api/page', { headers: { 'x-version': '5' } })).json, { version: '5' }, 'a refusal');

  const secret = Object.fromEntries(secretHeaders.map((name) => [name, 'hidden']));
  const { names } = (await shop.send('/api/all', { headers: { ...secret, cookie: 'a=hidden', ...headers } })).json;
  t.match(names, /x-version /);
  const told = names?.split(' ') ?? [];
  t.same(
    secretHeaders.filter((name) => told.includes(name)),
    [],
    'headers with secrets are not told',
  );
  t.match(JSON.stringify(await shop.newest()), /"x-version":"4"/);
  t.notMatch(JSON.stringify(await shop.newest()), /hidden/, 'nor in the journal');
});

t.test('a secret header is known by the last word of its name', (t) => {
  for (const name of secretHeaders) t.equal(isSecretHeader(name), true, name);
  for (const name of [
    'x-token-type',
    'x-include-refresh-token-hard-expires-in',
    'x-key-id',
    'user-agent',
    'x-monkey',
    '-',
  ]) {
    t.equal(isSecretHeader(name), false, name);
  }
  t.end();
});

t.test('at most 100 headers are told', async (t) => {
  const shop = await Shop.open(t, {
    resources: [
      { path: '/count', authentication: 'none', body: { marks: '{% for header in headers %}x{% endfor %}' } },
    ],
  });
  const headers = Object.fromEntries(Array.from({ length: 300 }, (_each, i) => [`x-${i}`, 'a']));
  t.same((await shop.send('/api/count', { headers })).json, { marks: 'x'.repeat(100) });
});

t.test('a header that may have a secret, and one in capitals, are mistakes of the file', (t) => {
  const mistakes = (read: string): string[] =>
    mistakesOf(t, { 'a.yaml': `errors: { api: { body: { a: '{{ ${read} }}' } } }` });
  t.match(mistakes('headers.authorization'), [
    /^1:\d+ errors\.api\.body\.a: a template cannot read the header authorization, which may have a secret$/,
  ]);
  t.match(mistakes('headers["X-Shop-Token"]'), [/cannot read the header x-shop-token, which may have a secret/]);
  t.match(mistakes('headers["Notion-Version"]'), [/names of headers are in lower case: headers\["notion-version"\]/]);
  t.same(mistakes('headers["notion-version"]'), []);
  t.end();
});
