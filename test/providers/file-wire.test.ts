import { createHmac } from 'node:crypto';
import t from 'tap';
import { Shop, mistakesOf } from './files/shop.js';

const exchange = { grant_type: 'authorization_code', redirect_uri: Shop.redirectUri };

t.test('refresh tokens are exchanged at a path of their own, and nowhere else', async (t) => {
  const shop = await Shop.open(t, { endpoints: { token: '/token', refresh: ['/refresh', '/v1/refresh'] } });
  const first = await shop.post('/token', { ...exchange, code: await shop.code() });
  const { refresh_token } = first.json;
  const refused = await shop.post('/token', { grant_type: 'refresh_token', refresh_token });
  t.match(refused, { status: 400, json: { error: 'unsupported_grant_type' } });
  t.equal(
    (await shop.newest()).explanation,
    'grant_type was "refresh_token"; supported: "authorization_code", "client_credentials"',
  );
  const other = await shop.post('/refresh', { ...exchange, code: await shop.code() });
  t.match(other, { status: 400, json: { error: 'unsupported_grant_type' } });
  t.match((await shop.newest()).explanation, /was "authorization_code"; supported: "refresh_token"$/);
  // a missing grant_type means the only one that the path takes
  const again = await shop.post('/v1/refresh', { refresh_token });
  t.match(again, { status: 200, json: { access_token: String, refresh_token: String } });
  t.match(await shop.newest(), { endpoint: 'token', grantType: 'refresh_token', clientId: Shop.client.id });
  t.same((await shop.world.providers.describe('shop')).paths.refresh, ['/refresh', '/v1/refresh']);
});

t.test('a path that is in both lists takes all grant types', async (t) => {
  const shop = await Shop.open(t, {
    endpoints: { token: ['/token', '/old'], refresh: ['/old', '/refresh'] },
    parameters: { refresh: { audience: { values: ['api'], required: true } } },
  });
  const { json } = await shop.post('/old', { ...exchange, code: await shop.code() });
  const refresh = { grant_type: 'refresh_token', refresh_token: json.refresh_token };
  t.equal((await shop.post('/old', refresh)).status, 400);
  t.equal((await shop.newest()).reason, 'request.parameter-missing', 'a parameter of refreshes alone');
  t.equal((await shop.post('/old', { ...refresh, audience: 'api' })).status, 200);
});

t.test('a fault and a finding know a refresh at its own path, and by its own word', async (t) => {
  const shop = await Shop.open(t, {
    endpoints: { refresh: '/refresh' },
    parameters: { grantTypes: { web_server: 'authorization_code', renew: 'refresh_token' } },
  });
  await shop.world.faults.add({
    match: { grantType: 'refresh_token' },
    fault: { kind: 'oauth-error', error: 'invalid_grant' },
  });
  const { json } = await shop.post('/token', { ...exchange, grant_type: 'web_server', code: await shop.code() });
  t.equal((await shop.post('/refresh', { refresh_token: json.refresh_token })).status, 400);
});

t.test('a provider has its own words for grant types; the journal has those of RFC 6749', async (t) => {
  const shop = await Shop.open(t, {
    parameters: {
      names: { grant_type: 'type' },
      grantTypes: { web_server: 'authorization_code', refresh: 'refresh_token' },
    },
  });
  const { redirect_uri } = exchange;
  const issued = await shop.post('/token', { type: 'web_server', redirect_uri, code: await shop.code() });
  t.match(issued, { status: 200, json: { access_token: String } });
  t.equal((await shop.newest()).grantType, 'authorization_code');
  const code = await shop.code();
  const refused = await shop.post('/token', { type: 'authorization_code', redirect_uri, code });
  t.match(refused, { status: 400, json: { error: 'unsupported_grant_type' } });
  t.equal((await shop.newest()).explanation, 'grant_type was "authorization_code"; supported: "web_server", "refresh"');
  const { refresh_token } = issued.json;
  t.equal((await shop.post('/token', { type: 'refresh', refresh_token })).status, 200);
  await shop.post('/token', { type: 'web_server', redirect_uri, code });
  await shop.post('/token', { type: 'web_server', redirect_uri, code });
  const { findings } = await shop.world.findings();
  t.ok(
    findings.some(({ rule }) => rule === 'code-replayed'),
    'the findings read the words of the provider',
  );
});

t.test('a redirect with a code is signed with the secret of the client', async (t) => {
  const shop = await Shop.open(t, {
    answers: {
      callback: { code: '{{ code }}', shop: 'mine', state: '{{ state }}', timestamp: '{{ now }}' },
      sign: { parameter: 'hmac', algorithm: 'sha256', encoding: 'hex' },
    },
  });
  const back = await shop.callback();
  const { hmac, ...others } = Object.fromEntries(back);
  const text = Object.keys(others)
    .sort()
    .map((name) => `${name}=${String(others[name])}`)
    .join('&');
  t.equal(hmac, createHmac('sha256', Shop.client.secret).update(text).digest('hex'));
  t.equal([...back.keys()].at(-1), 'hmac');
  t.equal(await shop.callback({ redirect_uri: 'http://localhost:3000/none' }).catch(() => undefined), undefined);
  await shop.world.providers.policy({
    provider: 'shop',
    interaction: { mode: 'auto', user: 'ada@example.test', decision: 'deny' },
  });
  t.equal((await shop.callback()).has('hmac'), false, 'a redirect with an error has none');
  await shop.world.providers.policy({
    provider: 'shop',
    interaction: { mode: 'auto', user: 'ada@example.test', decision: 'allow' },
  });
  await shop.world.clients.update({ provider: 'shop', id: Shop.client.id, confidential: false });
  t.equal((await shop.callback()).has('hmac'), false, 'a public client has no secret');
});

t.test('a call of the API without authentication needs no token', async (t) => {
  const shop = await Shop.open(t, {
    resources: [
      { path: '/status', authentication: 'none', body: { status: 'good', user: '{{ user.name }}' } },
      { path: '/notes', authentication: 'none', list: { items: [{ id: 1 }] } },
      { path: '/me', body: { name: '{{ user.name }}' } },
    ],
  });
  t.match(await shop.get('/api/status'), { status: 200, json: { status: 'good' } });
  t.match(await shop.get('/api/notes/1'), { status: 200, json: { id: 1 } });
  t.equal((await shop.get('/api/me')).status, 401);
});

t.test('mistakes in these members are told with their place', (t) => {
  t.same(mistakesOf(t, { 'a.yaml': 'parameters: { grantTypes: { web: authorisation_code } }' }).length, 1);
  t.match(mistakesOf(t, { 'a.yaml': 'parameters: { grantTypes: { web: authorisation_code } }' }), [
    /^1:29 parameters\.grantTypes\.web: .*did you mean "authorization_code"/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': 'endpoints: { token: /t, refresh: [/r, /r] }' }), [
    /endpoints\.refresh: \/r is listed twice/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': 'endpoints: { token: /t, authorize: /r, refresh: /r }' }), [
    /endpoints\.refresh: \/r is also a path of the endpoint authorize/,
  ]);
  const withCode = "code: '{{ code }}'";
  t.match(mistakesOf(t, { 'a.yaml': `answers: { callback: { ${withCode}, hmac: x }, sign: { parameter: hmac } }` }), [
    /^1:63 answers\.sign\.parameter: "hmac" is also a parameter of answers\.callback/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': 'answers: { sign: { parameter: hmac, algorithm: md5 } }' }), [
    /answers\.sign\.algorithm: /,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': "answers: { callback: { code: '{{ code }}', key: '{{ client.secret }}' } }" }), [
    /"client" has no member "secret"/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': 'resources: [{ path: /a, authentication: none, scopes: [a] }]' }), [
    /resources\.0\.scopes: a call that needs no access token has no scopes/,
  ]);
  t.end();
});

t.test('a signature cannot take the place of another parameter of the redirect', (t) => {
  const mistakes = (text: string): string[] => mistakesOf(t, { 'a.yaml': text });
  for (const parameter of ['code', 'state', 'iss', 'token_type', 'expires_in']) {
    t.match(mistakes(`answers: { sign: { parameter: ${parameter} } }`), [
      new RegExp(`^1:20 answers\\.sign\\.parameter: "${parameter}" is a parameter that the redirect has already`),
    ]);
  }
  const callback = "callback: { auth_code: '{{ code }}', shop: mine }";
  const base = `answers: { ${callback}, sign: { parameter: hmac } }`;
  t.match(mistakesOf(t, { 'a.yaml': base, 'b.yaml': 'like: a\nanswers: { sign: { parameter: shop } }' }), [
    /^2:20 answers\.sign\.parameter: "shop" is a parameter that the redirect has already/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': base, 'b.yaml': "like: a\nanswers: { callback: { hmac: '{{ code }}' } }" }), [
    /^2:24 answers\.callback\.hmac: "hmac" is the parameter that has the signature of the redirect/,
  ]);
  t.same(mistakesOf(t, { 'a.yaml': base, 'b.yaml': 'like: a\nanswers: { sign: { parameter: signature } }' }), []);
  t.end();
});

t.test('a redirect that would have no code is a mistake', (t) => {
  const mistakes = (callback: string): string[] => mistakesOf(t, { 'a.yaml': `answers: { callback: ${callback} }` });
  t.match(mistakes("{ x: y, state: '{{ state }}' }"), [
    /^1:12 answers\.callback: nothing in it reads the variable code, so no client gets one: code: '\{\{ code \}\}'$/,
  ]);
  t.same(mistakes("{ code: '{% if client.id %}{{ code }}{% endif %}' }"), []);
  t.match(mistakes("{ code: '{{ code | none }}' }"), [/answers\.callback\.code: undefined filter/], 'it was meant');
  t.match(
    mistakes("{ code: '{{ cod }}' }"),
    [/callback\.code: there is no variable "cod"; did you mean "code"/],
    'it was meant',
  );
  t.match(mistakes('{ code: 5 }'), [/answers\.callback\.code: /], 'it was meant');
  t.end();
});

t.test('a file with a header that HTTP itself needs is refused, with its place', (t) => {
  const file = `resources:
  - path: /a
    headers: { Content-Length: '5', x-fine: a }
    cases: [{ when: query.a, headers: { Transfer-Encoding: chunked } }]
answers:
  token: { headers: { Connection: close, keep-alive: '5', Upgrade: h2c, Trailer: x, TE: trailers, Date: '{{ now }}' } }
`;
  t.same(mistakesOf(t, { 'a.yaml': file }), [
    '3:16 resources.0.headers.Content-Length: cannot be set: it follows from the body',
    '4:41 resources.0.cases.0.headers.Transfer-Encoding: cannot be set: it follows from the body',
    '6:23 answers.token.headers.Connection: cannot be set: it belongs to the connection',
    '6:42 answers.token.headers.keep-alive: cannot be set: it belongs to the connection',
    '6:59 answers.token.headers.Upgrade: cannot be set: it belongs to the connection',
    '6:73 answers.token.headers.Trailer: cannot be set: it follows from the body',
    '6:85 answers.token.headers.TE: cannot be set: it belongs to the connection',
  ]);
  t.end();
});
