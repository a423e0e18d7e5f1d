import t from 'tap';
import { Shop, mistakesOf } from './files/shop.js';

const exchange = { grant_type: 'authorization_code', redirect_uri: Shop.redirectUri };
const scopes = { read: 'Read', write: 'Write' };

t.test('dates, numbers and scopes of a token answer are written in each way', async (t) => {
  const shop = await Shop.open(t, {
    scopes,
    answers: {
      token: {
        status: 201,
        body: {
          ok: true,
          data: { token: '{{ access_token }}' },
          number: '{{ expires_in }}',
          text: "{{ expires_in | append: '' }}",
          milliseconds: '{{ expires_in | times: 1000 }}',
          at: '{{ expires_at }}',
          atMilliseconds: '{{ expires_at | times: 1000 }}',
          date: '{{ expires_at | times: 1000 | iso }}',
          wholeSeconds: "{{ expires_at | times: 1000 | iso | replace: '.000Z', 'Z' }}",
          issuedText: "{{ now | append: '' }}",
          never: 0,
          nothing: '{{ refresh_expires_in | or_null }}',
          leftOut: '{{ refresh_expires_in }}',
          list: '{{ scopes }}',
          commas: "{{ scopes | join: ',' }}",
          plus: "{{ scopes | join: '+' }}",
        },
      },
    },
  });
  await shop.world.clock.set({ now: '2026-01-01T00:00:00Z', frozen: true });
  const answer = await shop.post('/token', { ...exchange, code: await shop.code({ scope: 'read write' }) });
  t.equal(answer.status, 201);
  t.strictSame(JSON.parse(answer.text), {
    ok: true,
    data: { token: (answer.json.data as unknown as { token: string }).token },
    number: 3600,
    text: '3600',
    milliseconds: 3_600_000,
    at: 1_767_229_200,
    atMilliseconds: 1_767_229_200_000,
    date: '2026-01-01T01:00:00.000Z',
    wholeSeconds: '2026-01-01T01:00:00Z',
    issuedText: '1767225600000',
    never: 0,
    nothing: null,
    list: ['read', 'write'],
    commas: 'read,write',
    plus: 'read+write',
  });
});

t.test('a token request by JSON, with the code under another name and the state again', async (t) => {
  const shop = await Shop.open(t, {
    policy: { tokenBodyTypes: ['json'], scopeSyntax: 'comma' },
    scopes,
    parameters: { names: { code: 'auth_code' }, token: { state: { required: true } } },
    answers: {
      callback: { auth_code: '{{ code }}', state: '{{ state }}' },
      token: { body: { access_token: '{{ access_token }}', state: '{{ parameters.state }}', scope: '{{ scope }}' } },
    },
  });
  const back = await shop.callback({ scope: 'read,write' });
  const ask = (members: object): ReturnType<Shop['send']> =>
    shop.send('/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${Shop.client.id}:${Shop.client.secret}`)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ ...exchange, auth_code: back.get('auth_code'), ...members }),
    });
  t.match(await ask({}), { status: 400, json: { error: 'invalid_request' } }, 'without the state');
  t.match(await ask({ state: 's' }), { status: 200, json: { state: 's', scope: 'read write' } });
  t.equal((await shop.post('/token', exchange)).status, 400, 'a form is refused');
});

t.test('a token request by GET, with other names for id and secret', async (t) => {
  const shop = await Shop.open(t, {
    policy: {
      tokenMethods: ['GET'],
      tokenParametersIn: ['query'],
      secretInUrl: 'accepted',
      clientCredentialsIn: ['query'],
    },
    parameters: { names: { client_id: 'appid', client_secret: 'secret' } },
  });
  const code = await shop.code({ client_id: undefined, appid: Shop.client.id });
  const query = new URLSearchParams({ ...exchange, code, appid: Shop.client.id, secret: Shop.client.secret });
  t.match(await shop.get(`/token?${query.toString()}`), { status: 200, json: { access_token: String } });
  t.notMatch(JSON.stringify(await shop.newest()), Shop.client.secret, 'the journal hides the secret');
});

t.test('each reason can have a body and a status of its own', async (t) => {
  const shop = await Shop.open(t, {
    errors: {
      token: {
        body: { error: '{{ error }}', error_description: '{{ description }}' },
        cases: [
          {
            when: "reason == 'refresh.unknown'",
            body: { status: 'BAD_REFRESH_TOKEN', message: '{{ description }}', correlationId: '{{ request_id }}' },
          },
          { when: "family == 'code'", status: 200, as: 'form', body: { error: 'bad_verification_code' } },
          {
            when: "family == 'client'",
            body: { error: '{{ error }}', error_codes: ['{{ code }}'], timestamp: '{{ now | iso }}' },
          },
        ],
      },
      reasons: { 'client.secret-wrong': { status: 401, error: 'invalid_client', code: 7_000_215 } },
    },
  });
  const refused = await shop.post('/token', { grant_type: 'refresh_token', refresh_token: 'none' });
  t.match(refused, { status: 400, json: { status: 'BAD_REFRESH_TOKEN', message: String, correlationId: String } });
  t.match(await shop.post('/token', { ...exchange, code: 'none' }), {
    status: 200,
    text: 'error=bad_verification_code',
  });
  const wrong = await shop.post('/token', exchange, { authorization: `Basic ${btoa(`${Shop.client.id}:wrong`)}` });
  t.match(wrong, { status: 401, json: { error: 'invalid_client', error_codes: [7_000_215] } });
  t.match(wrong.json.timestamp, /^\d{4}-\d\d-\d\dT/);
});

t.test('beyond a number of refresh tokens the oldest ends, and a refresh ends the old access token', async (t) => {
  const shop = await Shop.open(t, {
    policy: { refreshTokensPerUser: 2, refreshRevokesAccessToken: true, refreshRotation: 'keep' },
    resources: [{ path: '/me', body: { name: '{{ user.name }}' } }],
  });
  const [first, second] = [await shop.tokens(), await shop.tokens()];
  const refresh = ({ refresh_token }: typeof first): ReturnType<Shop['post']> =>
    shop.post('/token', { grant_type: 'refresh_token', refresh_token });
  t.equal((await refresh(first)).status, 200);
  t.equal((await shop.get('/api/me', first.access_token)).status, 401, 'the access token before the refresh');
  await shop.tokens();
  t.equal((await refresh(first)).status, 400);
  t.equal((await shop.newest()).reason, 'refresh.revoked');
  t.equal((await refresh(second)).status, 200);
});

t.test('a refresh token only at the first consent, and a replaced one stays good for a time', async (t) => {
  const shop = await Shop.open(t, {
    policy: { refreshTokenIssuedIf: [{ consent: 'first' }], refreshRotation: 'rotate', refreshGrace: '30m' },
  });
  const { refresh_token } = await shop.tokens();
  t.match(refresh_token, String);
  t.notHas(await shop.tokens(), 'refresh_token');
  t.match(await shop.tokens({ prompt: 'consent' }), { refresh_token: String });
  const refresh = async (): Promise<number> =>
    (await shop.post('/token', { grant_type: 'refresh_token', refresh_token })).status;
  t.same([await refresh(), await refresh()], [200, 200]);
  await shop.world.clock.advance('31m');
  t.equal(await refresh(), 400);
});

t.test(
  'tokens without an end and without a refresh token, PKCE that is required, and one way to authenticate',
  async (t) => {
    const shop = await Shop.open(t, {
      policy: {
        accessToken: 'never',
        refreshTokenIssued: false,
        pkce: 'required',
        pkceMethods: ['plain'],
        clientCredentialsIn: ['basic', 'body'],
        clientCredentialsTwice: 'refused',
      },
    });
    t.equal((await shop.callback()).get('error'), 'invalid_request');
    const verifier = 'v'.repeat(43);
    const code = await shop.code({ code_challenge: verifier, code_challenge_method: 'plain' });
    const ask = { ...exchange, code, code_verifier: verifier };
    const { id, secret } = Shop.client;
    t.equal((await shop.post('/token', { ...ask, client_id: id, client_secret: secret })).status, 400);
    t.equal((await shop.newest()).reason, 'client.credentials-twice');
    const { json } = await shop.post('/token', ask);
    t.strictSame(Object.keys(json), ['access_token', 'token_type', 'scope']);
  },
);

t.test('the pages have the words of the file, and markup in them is text', async (t) => {
  const shop = await Shop.open(t, {
    policy: { interaction: { mode: 'manual' } },
    pages: {
      colour: 'violet',
      loginHeading: 'Welcome to <b>Shop</b>',
      usernameLabel: 'Shop ID',
      passwordLabel: 'Your "key"',
      loginButton: 'Continue & go',
      consentHeading: '{client} wants <i>in</i>',
      allowButton: 'Install app',
      denyButton: 'Not now',
    },
  });
  const query = { response_type: 'code', client_id: Shop.client.id, redirect_uri: Shop.redirectUri, state: 's' };
  const { origin } = new URL(shop.url);
  let cookie = '';
  const visit = async (url: string, init: RequestInit = {}): Promise<string> => {
    const answer = await fetch(new URL(url, origin), { ...init, redirect: 'manual', headers: { cookie } });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const location = answer.headers.get('location');
    return location === null ? answer.text() : visit(location);
  };
  const login = await visit(`${shop.url}/authorize?${new URLSearchParams(query).toString()}`);
  for (const words of ['Welcome to &lt;b&gt;Shop&lt;/b&gt;', 'Shop ID', 'Your &quot;key&quot;', 'Continue &amp; go']) {
    t.ok(login.includes(words), words);
  }
  const [, action = ''] = /<form class="stack" method="post" action="([^"]*)"/.exec(login) ?? [];
  const [, forged = ''] = /name="_csrf" value="([^"]*)"/.exec(login) ?? [];
  const form = { _csrf: forged, username: 'ada@example.test', password: 'understudy' };
  const consent = await visit(action.replaceAll('&amp;', '&'), { method: 'POST', body: new URLSearchParams(form) });
  for (const words of [' wants &lt;i&gt;in&lt;/i&gt;', '>Install app</button>', '>Not now</button>']) {
    t.ok(consent.includes(words), words);
  }
  t.notOk(consent.includes('<i>in'));
  t.match(mistakesOf(t, { 'a.yaml': 'pages: { loginButon: x }' }), [
    /pages: .*did you mean "loginButton"|loginButon.*did you mean "loginButton"/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': 'pages: { allowButton: "" }' }), [/pages\.allowButton: /]);
});

t.test('a template of a call reads no secret that the client sent, at any depth and by any name', async (t) => {
  const shop = await Shop.open(t, {
    endpoints: { api: '/' },
    parameters: { names: { client_secret: 'client_pass' } },
    resources: [
      { path: '/c', method: 'POST', authentication: 'client', body: { b: '{{ body }}', q: '{{ query }}' } },
      {
        path: '/d',
        method: 'POST',
        authentication: 'none',
        body: { one: '{% assign name = "client_secret" %}{{ body[name] }}', b: '{{ body }}' },
      },
    ],
  });
  const sent = {
    client_secret: 'x',
    client_pass: 'x',
    a: 'kept',
    in: { password: 'x', list: [{ access_token: 'x', b: 1 }] },
  };
  const query = 'client_secret=x&client_pass=x&refresh_token=x&z=kept';
  const headers = {
    authorization: `Basic ${btoa(`${Shop.client.id}:${Shop.client.secret}`)}`,
    'content-type': 'application/json',
  };
  const answer = await shop.send(`/c?${query}`, { method: 'POST', headers, body: JSON.stringify(sent) });
  t.same(answer.json, { b: { a: 'kept', in: { list: [{ b: 1 }] } }, q: { z: 'kept' } });
  t.same((await shop.post('/d', { client_secret: 'x', page: '2' })).json, { b: { page: '2' } });
  const text = await shop.send('/c', { method: 'POST', headers, body: '"a text alone"' });
  t.same([text.status, text.json], [200, { q: {} }]);
});

t.test('a template of a call that a client authenticates for reads this client', async (t) => {
  const shop = await Shop.open(t, {
    endpoints: { api: '/' },
    resources: [
      {
        path: '/c',
        method: 'POST',
        authentication: 'client',
        body: { id: '{{ client.id }}', name: '{{ client.name }}' },
      },
      { path: '/all', authentication: 'none', body: { id: '{{ client.id }}' } },
    ],
  });
  t.match((await shop.post('/c', {})).json, { id: Shop.client.id, name: String });
  t.same((await shop.get('/all')).json, {});
});

t.test('a token without scopes has an empty list of them, and no text', async (t) => {
  const body = { access_token: '{{ access_token }}', scope: '{{ scope }}', scopes: '{{ scopes }}' };
  const shop = await Shop.open(t, { scopes: {}, answers: { token: { body } } });
  const { access_token, ...others } = await shop.tokens();
  t.type(access_token, 'string');
  t.same(others, { scopes: [] });
});

t.test('a template that fails while it answers is told with its provider and its place', async (t) => {
  const loop = '{% for i in (1..100000000) %}x{% endfor %}';
  const shop = await Shop.open(t, {
    endpoints: { api: '/' },
    resources: [
      { path: '/a', authentication: 'none', body: 'good' },
      { path: '/b', authentication: 'none', body: { list: [{ x: loop }] } },
      { path: '/c', authentication: 'none', headers: { 'X-Long': loop } },
    ],
  });
  for (const [path, place] of [
    ['/b', 'resources.1.body.list.0.x'],
    ['/c', 'resources.2.headers.X-Long'],
  ]) {
    const answer = await shop.get(String(path));
    t.match(answer, { status: 500, text: /The file of the provider failed\./ });
    const { reason, explanation } = await shop.newest();
    t.equal(reason, 'server.failed');
    const told = `the file of the provider "shop" failed at ${String(place)}: `;
    t.equal(explanation?.slice(0, told.length), told);
  }
  t.equal((await shop.get('/a')).text, '"good"');
});
