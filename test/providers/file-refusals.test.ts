// Refusals that a provider file has for one endpoint alone.
import t from 'tap';
import { Shop, mistakesOf } from './files/shop.js';

const bad = { authorization: `Basic ${btoa('understudy-client:wrong')}` };

t.test('revocation and introspection refuse in a form of their own', async (t) => {
  const shop = await Shop.open(t, {
    errors: {
      token: { body: { at: 'token', error: '{{ error }}' } },
      revoke: { status: 200, body: { at: 'revoke', reason: '{{ reason }}', url: '{{ base_url }}' } },
      introspect: { as: 'form', body: { at: 'introspect', error: '{{ error }}' } },
    },
  });
  t.same((await shop.post('/token', { grant_type: 'x' }, bad)).json, { at: 'token', error: 'invalid_client' });
  const revoked = await shop.post('/revoke', { token: 'x' }, bad);
  t.equal(revoked.status, 200);
  t.same(revoked.json, { at: 'revoke', reason: 'client.secret-wrong', url: shop.url });
  t.equal((await shop.newest()).reason, 'client.secret-wrong');
  t.equal((await shop.post('/introspect', { token: 'x' }, bad)).text, 'at=introspect&error=invalid_client');

  await shop.world.providers.policy({ provider: 'shop', answerFormat: 'rfc' });
  t.match((await shop.post('/revoke', { token: 'x' }, bad)).json, { error: 'invalid_client' }, 'the form of the RFCs');
});

t.test('without them they refuse as the token endpoint does, and a provider that is like it has them', async (t) => {
  const shop = await Shop.open(t, { errors: { token: { body: { at: 'token' } } } });
  t.same((await shop.post('/revoke', { token: 'x' }, bad)).json, { at: 'token' });
  t.same((await shop.post('/introspect', { token: 'x' }, bad)).json, { at: 'token' });
  await shop.world.defineProvider('one', { errors: { revoke: { body: { at: 'revoke' } } } });
  const { baseUrl } = await shop.world.defineProvider('two', { like: 'shop' });
  const sent = await fetch(`${baseUrl}/revoke`, {
    method: 'POST',
    headers: bad,
    body: new URLSearchParams({ token: 'x' }),
  });
  t.same(await sent.json(), { at: 'token' });
});

t.test('a refusal at the authorization endpoint that is no redirect is an answer of the file', async (t) => {
  const shop = await Shop.open(t, {
    errors: {
      authorize: {
        body: { error: '{{ error }}', client: '{{ parameters.client_id }}', version: "{{ headers['x-version'] }}" },
        cases: [{ when: "headers.accept contains 'text/html'", as: 'text', body: 'Refused: {{ description }}' }],
      },
    },
  });
  const url = `${shop.authorizePath}?client_id=none&response_type=code`;
  const { status, json } = await shop.send(url, { headers: { 'x-version': '2' } });
  t.equal(status, 400);
  t.match(json, { client: 'none', version: '2', error: String });
  t.match((await shop.send(url, { headers: { accept: 'text/html' } })).text, /^Refused: /);
  t.equal((await shop.newest()).reason, 'authorize.client-unknown');
  t.equal(
    (await shop.callback({ response_type: 'x' })).get('error'),
    'unsupported_response_type',
    'a redirect stays one',
  );
});

t.test('errors.authorize is for no page, and not for the answers of the RFCs', async (t) => {
  const authorize = { as: 'text', body: 'own {{ reason }}' } as const;
  const shop = await Shop.open(t, { errors: { authorize } });
  const refused = `${shop.authorizePath}?client_id=none`;
  const { text } = await shop.send(refused, {});
  t.equal(text, 'own authorize.client-unknown');
  for (const [path, init] of [
    ['/login', {}],
    ['/login', { method: 'POST', body: new URLSearchParams({ username: 'x' }) }],
    [`${shop.authorizePath}?authorization=none`, {}],
  ] as const) {
    const page = await shop.send(path, { ...init, headers: { accept: 'text/html' } });
    t.equal(page.status >= 400, true, path);
    t.match(page.headers.get('content-type'), 'text/html');
    t.notMatch(page.text, /^own/);
    t.notMatch((await shop.newest()).endpoint, 'authorize');
  }
  await shop.world.providers.policy({ provider: 'shop', answerFormat: 'rfc' });
  t.notMatch((await shop.send(refused, {})).text, /^own/, 'as of a provider of the RFCs');
  const forged = async (name: string, errors: object): Promise<unknown[]> => {
    const { authorizeUrl } = await shop.world.defineProvider(name, { like: 'dottedsign', errors });
    const answer = await fetch(authorizeUrl, { method: 'POST', body: new URLSearchParams() });
    return [answer.status, await answer.text()];
  };
  t.same(await forged('signed', {}), [422, ''], 'as of the provider that it is like');
  t.same(await forged('own', { authorize }), [422, 'own page.forged']);
});

t.test('its templates know the parameters of a request that is refused while it is read', async (t) => {
  const body = { reason: '{{ reason }}', sent: '{{ parameters }}', client: '{{ parameters.client_id }}' };
  const shop = await Shop.open(t, {
    policy: { authorizeParametersIn: 'query-and-body', secretInUrl: 'refused' },
    errors: { authorize: { body }, token: { body } },
  });
  const sent = async (query: string): Promise<unknown> => (await shop.send(`${shop.authorizePath}?${query}`, {})).json;
  const shared = { client: 'c', sent: { client_id: 'c' } };
  t.same(await sent('client_id=c&scope=a&scope=b&client_secret=x'), {
    reason: 'request.parameter-repeated',
    ...shared,
  });
  t.same(await sent('client_id=c&scope=%zz&code=x'), {
    reason: 'request.parameter-malformed',
    client: 'c',
    sent: { client_id: 'c', scope: '%zz' },
  });
  t.same(await sent('client_id=c&client_secret=x'), { reason: 'request.secret-in-url', ...shared });
  const form = 'client_id=c&grant_type=x&grant_type=y&code=z';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const refused = await shop.send('/token', { method: 'POST', headers, body: form });
  t.same(refused.json, { reason: 'request.parameter-repeated', ...shared }, 'at the token endpoint, too');
});

t.test('a mistake in such a template is told where it stands', (t) => {
  for (const member of ['revoke', 'introspect', 'authorize']) {
    t.match(mistakesOf(t, { 'a.yaml': `errors: { ${member}: { body: { a: '{{ tokn }}' } } }` }), [
      new RegExp(`errors\\.${member}\\.body\\.a: there is no variable "tokn"`),
    ]);
  }
  t.end();
});

t.test('a refusal whose templates fail is told as a failure of the file', async (t) => {
  const loop = '{% for i in (1..100000000) %}{{ i }}{% endfor %}';
  const shop = await Shop.open(t, {
    errors: { authorize: { body: loop }, token: { body: loop }, api: { body: loop }, callback: { error: loop } },
    resources: [{ path: '/me', body: {} }],
  });
  const authorize = async (changed: Readonly<Record<string, string>>): Promise<Response> => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: Shop.client.id,
      redirect_uri: Shop.redirectUri,
      ...changed,
    });
    return fetch(`${shop.url}${shop.authorizePath}?${query.toString()}`, { redirect: 'manual' });
  };
  for (const [changed, member] of [
    [{ client_id: 'none' }, 'authorize.body'],
    [{ scope: 'none' }, 'callback.error'],
  ] as const) {
    const page = await authorize(changed);
    t.match(page, { status: 500 });
    t.match(page.headers.get('content-type'), 'text/html');
    t.match(await page.text(), `failed at errors.${member}: memory`);
    t.match((await shop.newest()).explanation, `failed at errors.${member}: memory`);
  }
  for (const [answered, member] of [
    [await shop.post('/token', { grant_type: 'none' }), 'token'],
    [await shop.get('/api/me'), 'api'],
  ] as const) {
    const description = 'The file of the provider failed.';
    t.match(answered, { status: 500, json: { error: 'server_error', error_description: description } }, member);
  }
});

/** What a file says without effect, and its mistake. */
const withoutEffect: readonly (readonly [string, string])[] = [
  [
    'answers: { revoke: { status: 204, body: gone } }',
    'answers.revoke.body: an answer with the status 204 has no body',
  ],
  [
    'resources: [{ path: /a, cases: [{ when: query.a, status: 304, body: { a: 1 } }] }]',
    'resources.0.cases.0.body: an answer with the status 304 has no body',
  ],
  [
    'answers: { token: { as: form, body: { a: { b: 1 } } } }',
    'answers.token.body.a: a form has texts: a list or an object cannot be a value',
  ],
  [
    'answers: { token: { as: form, body: [a] } }',
    'answers.token.body: a form has names and values: an object is expected, not a list',
  ],
  ['resources: [{ path: /a, list: { key: __proto__ } }]', '"__proto__" cannot name an item: choose another member'],
  [
    "resources: [{ path: /a, body: { b: { '{{ client.id }}': 1 } } }]",
    'resources.0.body.b: the name of the member "{{ client.id }}" cannot be a template',
  ],
  ['resources: [{ path: /a, body: { b: [.inf] } }]', 'resources.0.body.b.0: Infinity is no number of JSON'],
  ['resources: [{ path: /a, body: { b: .nan } }]', 'resources.0.body.b: NaN is no number of JSON'],
  ['tokens: { code: { shape: uuid, length: 40 } }', 'tokens.code.length: the shape uuid has its own length'],
  ['tokens: { code: { shape: hex, alphabet: ab } }', 'tokens.code.alphabet: the shape hex has its own alphabet'],
];

t.test('what would be without effect is a mistake, with its place', (t) => {
  for (const [text, message] of withoutEffect) {
    const found = mistakesOf(t, { 'a.yaml': text });
    t.equal(found.length, 1, text);
    t.match(found[0], message, text);
  }
  t.end();
});
