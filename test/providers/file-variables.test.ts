import t from 'tap';
import { atHost } from './at-host.js';
import { Shop, mistakesOf } from './files/shop.js';

t.test('the variables of a host are in token answers, callbacks and calls of the API', async (t) => {
  const shop = await Shop.open(t, {
    hosts: ['{shop}.shop.example', 'login.shop.example'],
    variables: { shop: { example: 'example-shop' } },
    policy: { clientCredentialsIn: ['body'] },
    answers: {
      token: { body: { access_token: '{{ access_token }}', shop: '{{ path.shop }}', url: '{{ base_url }}/admin' } },
      callback: { code: '{{ code }}', shop: '{{ path.shop }}.shop.example', state: '{{ state }}' },
    },
    resources: [{ path: '/shop', authentication: 'none', body: { shop: '{{ path.shop }}', url: '{{ base_url }}' } }],
  });
  const { url } = shop.server;
  const credentials = { client_id: Shop.client.id, client_secret: Shop.client.secret };
  const ask = { response_type: 'code', client_id: Shop.client.id, redirect_uri: Shop.redirectUri, state: 's' };
  const asked = await atHost(url, 'my-shop.shop.example:8443', `/authorize?${new URLSearchParams(ask).toString()}`);
  const back = new URL(String(asked.headers.location)).searchParams;
  t.equal(back.get('shop'), 'my-shop.shop.example');
  const form = { grant_type: 'authorization_code', redirect_uri: ask.redirect_uri, ...credentials };
  const token = await atHost(url, 'My-Shop.shop.example:8443', '/token', {
    form: { ...form, code: String(back.get('code')) },
  });
  t.match(JSON.parse(token.text), { shop: 'my-shop', url: 'http://My-Shop.shop.example:8443/admin' });
  const status = await atHost(url, 'my-shop.shop.example', '/api/shop');
  t.same(JSON.parse(status.text), { shop: 'my-shop', url: 'http://my-shop.shop.example' });

  // by its path, the example stands for the variable; at a host without variables, too
  t.same((await shop.get('/api/shop')).json, { shop: 'example-shop', url: shop.url });
  t.equal((await shop.callback()).get('shop'), 'example-shop.shop.example');
  t.match(JSON.parse((await atHost(url, 'login.shop.example', '/api/shop')).text), { shop: 'example-shop' });
});

t.test('a variable of a path stays one segment of the URLs that are made with it', async (t) => {
  const shop = await Shop.open(t, {
    hosts: ['shop.example'],
    endpoints: { authorize: '/{tenant}/authorize', login: '/{tenant}/login' },
    variables: { tenant: { example: 'mine' } },
    policy: { interaction: { mode: 'manual' } },
  });
  const { id: client_id } = Shop.client;
  const ask = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: Shop.redirectUri }).toString();
  for (const tenant of ['%2Fevil.test', 'a%3Fb', 'a%0Ab']) {
    const { headers } = await atHost(shop.server.url, 'shop.example', `/${tenant}/authorize?${ask}`);
    t.match(headers.location, new RegExp(`^/${tenant}/login\\?`));
  }
});

t.test('a provider that is like one with variables has them too', async (t) => {
  const shop = await Shop.open(t, {
    hosts: ['{shop}.shop.example'],
    variables: { shop: { example: 'example-shop' } },
    resources: [{ path: '/shop', authentication: 'none', body: { shop: '{{ path.shop }}' } }],
  });
  const { apiUrl } = await shop.world.defineProvider('twin', { like: 'shop' });
  t.same(await (await fetch(`${apiUrl}/shop`)).json(), { shop: 'example-shop' });
});

t.test('a page that a test answers has the variables of the host at which it was asked for', async (t) => {
  const shop = await Shop.open(t, {
    hosts: ['{shop}.shop.example'],
    variables: { shop: { example: 'example-shop' } },
    policy: { interaction: { mode: 'manual' } },
    answers: { callback: { code: '{{ code }}', shop: '{{ path.shop }}' } },
  });
  const { id: client_id } = Shop.client;
  const ask = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: Shop.redirectUri }).toString();
  const { headers } = await atHost(shop.server.url, 'other.shop.example', `/authorize?${ask}`);
  t.match(headers.location, /^\/login\?/);
  const [page] = await shop.world.authorizations.list({ provider: 'shop' });
  const { redirectTo } = await shop.world.authorizations.approve({
    provider: 'shop',
    id: page!.id,
    user: 'ada@example.test',
  });
  t.equal(new URL(redirectTo).searchParams.get('shop'), 'other');
});

t.test('a browser keeps the variables of the path through login and consent', async (t) => {
  const shop = await Shop.open(t, {
    endpoints: {
      authorize: '/{tenant}/oauth2/authorize',
      token: '/{tenant}/oauth2/token',
      login: '/{tenant}/login',
      api: '/{tenant}/v1.0',
    },
    variables: { tenant: { example: 'common' } },
    policy: { interaction: { mode: 'manual' } },
    parameters: { authorize: { domain_hint: {} } },
    answers: {
      token: { body: { access_token: '{{ access_token }}', tid: '{{ path.tenant }}' } },
      callback: {
        code: '{{ code }}',
        state: '{{ state }}',
        tenant: '{{ path.tenant }}',
        hint: '{{ parameters.domain_hint }}',
      },
    },
    errors: { callback: { error: '{{ error }}', state: '{{ state }}', at: '{{ now }}' } },
    resources: [{ path: '/items/{id}', body: { tenant: '{{ path.tenant }}', id: '{{ path.id }}' } }],
  });
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: Shop.client.id,
    redirect_uri: Shop.redirectUri,
    state: 's',
    domain_hint: 'acme',
  });
  const asked = `${shop.url}/my-tenant/oauth2/authorize?${query.toString()}`;
  const { redirectTo } = await shop.world.authorize(asked);
  const { code, ...rest } = Object.fromEntries(new URL(redirectTo).searchParams);
  t.same(rest, { state: 's', tenant: 'my-tenant', hint: 'acme' });
  const paths = (await shop.world.journal.list({ provider: 'shop' })).map(({ request: { path } }) => path);
  t.ok(
    paths.some((path) => path.endsWith('/shop/my-tenant/login')),
    'the login page has the tenant too',
  );

  const exchange = { grant_type: 'authorization_code', redirect_uri: Shop.redirectUri, code };
  const { json } = await shop.post('/my-tenant/oauth2/token', exchange);
  t.equal(json.tid, 'my-tenant');
  t.same((await shop.get('/my-tenant/v1.0/items/a%20b', json.access_token)).json, { tenant: 'my-tenant', id: 'a b' });
  const denied = await shop.world.authorize(asked, { decision: 'deny' });
  t.equal(denied.error, 'access_denied');

  // a test answers for the person
  await fetch(asked, { redirect: 'manual' });
  const [waiting] = await shop.world.authorizations.list({ provider: 'shop', status: 'waiting' });
  const decided = await shop.world.authorizations.approve({
    provider: 'shop',
    id: waiting!.id,
    user: 'ada@example.test',
  });
  t.equal(new URL(decided.redirectTo).searchParams.get('tenant'), 'my-tenant');
});

t.test('refusals know the request: its path, its parameters, its Accept, and an id for the answer', async (t) => {
  const shop = await Shop.open(t, {
    endpoints: { token: '/{tenant}/token' },
    variables: { tenant: { example: 'common' } },
    errors: {
      token: {
        body: {
          error: '{{ error }}',
          tenant: '{{ path.tenant }}',
          trace_id: '{{ request_id }}',
          sent: '{% for each in parameters %}{{ each[0] }} {% endfor %}',
        },
        cases: [{ when: "accept contains 'x-www-form-urlencoded'", as: 'form', status: 200 }],
      },
      api: { body: { path: '{{ base_url }}', correlationId: '{{ request_id }}' } },
    },
  });
  const first = await shop.post('/mine/token', { grant_type: 'x', code: 'secret' });
  t.match(first.json, { error: 'unsupported_grant_type', tenant: 'mine', trace_id: /^[0-9a-f]{8}-[0-9a-f]{4}-4/ });
  t.equal(first.json.sent, 'grant_type ', 'a code is a secret');
  const again = await shop.post('/mine/token', { grant_type: 'x' }, { accept: 'application/x-www-form-urlencoded' });
  t.equal(again.status, 200);
  t.not(new URLSearchParams(again.text).get('trace_id'), first.json.trace_id);
  t.match((await shop.get('/api/none', 'x')).json, { path: shop.url, correlationId: String });
});

t.test('a part of a request that may be a secret is a mistake of a template', (t) => {
  const inError = (read: string): string[] =>
    mistakesOf(t, { 'a.yaml': `errors: { api: { body: { a: '{{ ${read} }}' } } }` });
  for (const [read, name] of [
    ['parameters.code', 'code of parameters'],
    ['parameters["client_secret"]', 'client_secret of parameters'],
    ['parameters.code.size', 'code of parameters'],
  ] as const) {
    t.match(inError(read), [`cannot read ${name}, which may be a secret`], read);
  }
  const inCall = (read: string): string[] =>
    mistakesOf(t, { 'a.yaml': `resources: [{ method: POST, path: /x, body: { a: '{{ ${read} }}' } }]` });
  t.match(inCall('body.user.password'), ['cannot read password of body, which may be a secret']);
  t.match(inCall('query.access_token'), ['cannot read access_token of query, which may be a secret']);
  const named = 'parameters: { names: { code: ticket } }';
  t.match(mistakesOf(t, { 'a.yaml': `${named}\nerrors: { token: { body: { a: '{{ parameters.ticket }}' } } }` }), [
    'cannot read ticket of parameters, which may be a secret',
  ]);
  const idByKey = 'parameters: { names: { client_id: api_key } }';
  t.same(mistakesOf(t, { 'a.yaml': `${idByKey}\nerrors: { token: { body: { a: '{{ parameters.api_key }}' } } }` }), []);
  t.same([...inError('parameters.state'), ...inCall('query.token_type'), ...inCall('body.tokens')], []);
  t.end();
});

t.test('hosts that two providers have are told where they stand', (t) => {
  t.match(mistakesOf(t, { 'a.yaml': 'hosts: [a.example, services.mailup.com]' }), [
    /^1:20 hosts\.1: services\.mailup\.com is a host of the provider "mailup" too$/,
  ]);
  const files = {
    'a.yaml': 'hosts: ["{x}.a.example"]',
    'b.yaml': 'variables: { y: { example: z } }\nhosts: [b.example, "{y}.a.example"]',
  };
  t.match(mistakesOf(t, { ...files, 'a.yaml': `variables: { x: { example: z } }\n${files['a.yaml']}` }), [
    /^2:20 hosts\.1: \{y\}\.a\.example is a host of the provider "a" too, as \{x\}\.a\.example$/,
  ]);
  t.match(
    mistakesOf(t, {
      'a.yaml': 'variables: { x: { example: z }, y: { example: z } }\nhosts: ["{x}.a.example", "{y}.a.example"]',
    }),
    [/^2:26 hosts\.1: \{y\}\.a\.example is listed twice/],
  );
  t.match(mistakesOf(t, { 'a.yaml': 'hosts: [a.example, a.example]' }), [/hosts: /]);
  t.same(
    mistakesOf(t, {
      'a.yaml': 'hosts: [x.a.example]',
      'b.yaml': 'variables: { y: { example: z } }\nhosts: ["{y}.a.example"]',
    }),
    [],
  );
  t.end();
});

t.test('an unknown member of a variable is told, where its members are known', (t) => {
  const told = (text: string, before = ''): string[] =>
    mistakesOf(t, { 'a.yaml': `${before}\n${text}` }).map((mistake) => mistake.replace(/^[^"]*/, ''));
  const inToken = (read: string, before?: string): string[] =>
    told(`answers: { token: { body: { a: '{{ ${read} }}' } } }`, before);
  const keys = 'endpoints: { jwks: /keys }';
  const inClaims = (read: string): string[] =>
    told(`answers: { idToken: { when: 'true', claims: { tid: { b: '{{ ${read} }}' } } } }`, keys);
  const authorize = 'parameters: { authorize: { user_scope: {} } }';

  t.same(inClaims('claims.isss'), ['"claims" has no member "isss"; did you mean "iss"?']);
  t.same(inClaims('claims.auth_time'), []);
  t.same(inClaims('claims.tid'), ['"claims" has no member "tid"; did you mean "aud"?'], 'a claim of the file itself');
  t.same(
    mistakesOf(t, {
      'b.yaml':
        "endpoints: { jwks: /keys }\nanswers: { idToken: { when: 'true', claims: { 'https://a.example/b': 1 } } }",
      'c.yaml': 'like: b\nanswers: { idToken: { claims: { x: \'{{ claims["https://a.example/b"] }}\' } } }',
    }),
    [],
    'a claim of the provider that it is like',
  );
  t.same(inToken('authorize.user_scop', authorize), [
    '"authorize" has no member "user_scop"; did you mean "user_scope"?',
  ]);
  t.same(inToken('authorize.user_scope', authorize), []);
  t.same(inToken('authorize.user_scope'), ['"authorize" has no member "user_scope"; known: none']);
  t.same(inToken('authorize.kind', 'policy: { refreshTokenIssuedIf: [{ parameter: { kind: a } }] }'), []);
  t.same(inToken('authorize.prompt', 'policy: { refreshTokenIssuedIf: [{ consent: first }] }'), []);
  t.same(inClaims('authorize.nonce'), []);
  t.same(inToken('access_token.value'), ['"access_token" has no member "value"; known: size']);
  t.same(inToken('access_token.size'), []);
  for (const read of ['scopes.first', 'scopes.size', 'scopes[0]', 'user.profile.any.thing', 'parameters.any']) {
    t.same(inToken(read), [], read);
  }
  t.same(inToken('scopes.fist'), ['"scopes" has no member "fist"; did you mean "first"?']);
  const metadata = (read: string): string[] => told(`answers: { metadata: { body: { a: '{{ ${read} }}' } } }`);
  t.same(metadata('metadata.isuer'), ['"metadata" has no member "isuer"; did you mean "issuer"?']);
  t.same(metadata('metadata.id_token_signing_alg_values_supported'), []);
  t.same(told(`like: nowhere-near\nanswers: { token: { body: '{{ authorize.any }}' } }`).length, 1, 'only the like');
  t.end();
});
