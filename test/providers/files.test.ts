import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { ProviderFiles } from '../../src/providers/files/library.js';
import { Shelf } from '../../src/providers/files/shelf.js';
import type { Test } from 'tap';

const acme = `
title: Acme
hosts: [auth.acme.example]
endpoints:
  authorize: /{tenant}/oauth/authorize
  token: /{tenant}/oauth/token
  api: /v2
variables:
  tenant: { example: common }
policy: { accessToken: 30m, refreshRotation: keep, clientCredentialsIn: [body] }
parameters:
  names: { client_id: client_key, client_secret: client_pass }
tokens:
  accessToken: { shape: alphanumeric, length: 36, prefix: acme_ }
  refreshToken: { shape: uuid }
  code: { shape: characters, alphabet: ABCDEF, length: 12 }
answers:
  token:
    headers: { cache-control: no-store, x-acme: '{{ grant_type }}' }
    body:
      ok: true
      data:
        token: '{{ access_token }}'
        expires_in: "{{ expires_in | append: '' }}"
        refresh: '{{ refresh_token }}'
        scope: "{{ scopes | join: ',' }}"
        for: '{{ user.name }} at {{ path.tenant }}'
        nothing: '{{ refresh_expires_in }}'
    cases:
      - { when: grant_type == 'refresh_token', as: form, body: { access_token: '{{ access_token }}', again: 'yes' } }
  callback: { code: '{{ code }}', state: '{{ state }}', realmId: '9130', user: '{{ user.id }}' }
errors:
  token: { status: 200, body: { ok: false, error: '{{ error }}', reason: '{{ description }}' } }
  reasons:
    code.unknown: { error: bad_code, description: 'There is no code {{ facts.code }}' }
scopes:
  read: Read your anvils
  write: { words: Change your anvils, onlyIfNamed: true }
resources:
  - path: /anvils/{id}
    scopes: [read]
    body: { id: '{{ path.id }}', owner: '{{ user.username }}' }
  - { path: /rockets, list: { in: rockets, items: [{ id: 1, name: First }] } }
pages: { colour: violet }
facts: [{ behaviour: The answer is below data, source: its documentation, confidence: GUESS }]
`;

/** A folder with provider files. */
function folderWith(t: Test, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-providers-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The mistakes of files, as `line:column path: message`. */
const mistakesOf = (t: Test, files: Readonly<Record<string, string>>): string[] =>
  new ProviderFiles(folderWith(t, files))
    .read()
    .map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);

const client = { client_key: 'understudy-client', client_pass: 'understudy-secret' };
const redirect = 'http://localhost:3000/callback';

t.test('a provider file is served like the built-in providers: login, exchange, call, refresh, expiry', async (t) => {
  const server = await start({ providers: folderWith(t, { 'acme.yaml': acme }) });
  t.teardown(() => server.close());
  await using world = await server.newWorld();
  const { providers } = await world.info();
  const { authorizeUrl, tokenUrl, apiUrl, baseUrl } = providers.acme!;
  t.equal(authorizeUrl, `${baseUrl}/common/oauth/authorize`);

  const url = new URL(authorizeUrl.replace('common', 'mine'));
  url.search = new URLSearchParams({
    response_type: 'code',
    client_key: client.client_key,
    redirect_uri: redirect,
    state: 'abc',
    scope: 'read write',
  }).toString();
  const { redirectTo, code } = await world.authorize(url);
  const back = Object.fromEntries(new URL(redirectTo).searchParams);
  t.same(back, { code, state: 'abc', realmId: '9130', user: 'ada@example.test' });
  t.match(code, /^[A-F]{12}$/);

  const ask = (parameters: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(tokenUrl, { method: 'POST', body: new URLSearchParams({ ...client, ...parameters }) });
  const exchange = { grant_type: 'authorization_code', code: String(code), redirect_uri: redirect };
  const answer = await ask(exchange);
  t.equal(answer.headers.get('x-acme'), 'authorization_code');
  const body = (await answer.json()) as { data: { token: string; refresh: string } };
  t.match(body.data.token, /^acme_[0-9A-Za-z]{36}$/);
  t.match(body.data.refresh, /^[0-9a-f]{8}-/);
  t.same(body, {
    ok: true,
    data: {
      token: body.data.token,
      expires_in: '1800',
      refresh: body.data.refresh,
      scope: 'read,write',
      for: 'Ada Lovelace at common',
    },
  });

  const refused = await ask({ ...exchange, code: 'NOPE' });
  t.same(
    [refused.status, await refused.json()],
    [200, { ok: false, error: 'bad_code', reason: 'There is no code NOPE' }],
  );

  const refreshed = await ask({ grant_type: 'refresh_token', refresh_token: body.data.refresh });
  t.match(refreshed.headers.get('content-type'), 'application/x-www-form-urlencoded');
  const token = String(new URLSearchParams(await refreshed.text()).get('access_token'));
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(apiUrl + path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
  t.same(await (await call('/anvils/7')).json(), { id: '7', owner: 'ada@example.test' });

  const made = await call('/rockets', { method: 'POST', body: '{"name":"Second"}' });
  t.same([made.status, await made.json()], [201, { id: 2, name: 'Second' }]);
  t.equal((await call('/rockets', { method: 'POST', body: '{"id":2}' })).status, 409);
  await call('/rockets/2', { method: 'PATCH', body: '{"fast":true}' });
  t.same(await (await call('/rockets/2')).json(), { id: 2, name: 'Second', fast: true });
  await call('/rockets/2', { method: 'PUT', body: '{"name":"Third"}' });
  t.same(await (await call('/rockets')).json(), {
    rockets: [
      { id: 1, name: 'First' },
      { id: 2, name: 'Third' },
    ],
  });
  t.equal((await call('/rockets/2', { method: 'DELETE' })).status, 204);
  t.equal((await call('/rockets/2')).status, 404);
  t.equal((await call('/rockets/2', { method: 'DELETE' })).status, 404);
  t.equal((await call('/rockets/2', { method: 'PUT', body: '{}' })).status, 404);

  await world.clock.advance('31m');
  t.equal((await call('/anvils/7')).status, 401);
  const [entry] = await world.journal.list({ provider: 'acme', order: 'newest' });
  t.equal(entry?.reason, 'bearer.expired');
});

t.test('a file of another file says only what differs, and is served at the host that it names', async (t) => {
  const other =
    'like: acme\ntitle: Other\nhosts: ["{shop}.other.example"]\nvariables: { tenant: { example: a }, shop: { example: b } }';
  const server = await start({ providers: folderWith(t, { 'acme.yaml': acme, 'other.yaml': other }) });
  t.teardown(() => server.close());
  const { origin } = new URL(server.url);
  const answer = await fetch(`${origin}/other/x/oauth/token`, { method: 'POST', body: new URLSearchParams(client) });
  t.match(await answer.json(), { ok: false });
  const [entry] = await server.world().journal.list({ provider: 'other' });
  t.equal(entry?.endpoint, 'token');
});

t.test('a file asks for parameters of its own, and gives a refresh token only with one of them', async (t) => {
  const offline = `
policy: { refreshTokenIssuedIf: [{ parameter: { access_type: offline } }], interaction: { mode: auto, user: ada@example.test } }
parameters:
  authorize: { access_type: { values: [online, offline], default: online }, audience: { required: true } }
answers:
  token: { body: { access_token: '{{ access_token }}', refresh_token: '{{ refresh_token }}', for: '{{ authorize.audience }}' } }
`;
  const server = await start({ providers: folderWith(t, { 'offline.yaml': offline }) });
  t.teardown(() => server.close());
  const world = server.world();
  const { authorizeUrl, tokenUrl } = (await world.info()).providers.offline!;
  const ask = async (parameters: Readonly<Record<string, string>>): Promise<URLSearchParams> => {
    const query = {
      response_type: 'code',
      client_id: 'understudy-client',
      redirect_uri: redirect,
      state: 's',
      ...parameters,
    };
    const answer = await fetch(`${authorizeUrl}?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });
    return new URL(String(answer.headers.get('location'))).searchParams;
  };
  t.equal((await ask({})).get('error'), 'invalid_request', 'audience is required');
  t.equal((await ask({ audience: 'a', access_type: 'both' })).get('error'), 'invalid_request');
  const exchange = async (parameters: Readonly<Record<string, string>>): Promise<unknown> => {
    const code = String((await ask({ audience: 'api', ...parameters })).get('code'));
    const answer = await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirect }),
    });
    return answer.json();
  };
  t.strictSame(Object.keys((await exchange({})) as object), ['access_token', 'for']);
  t.match(await exchange({ access_type: 'offline' }), { refresh_token: String, for: 'api' });
});

t.test('a changed file is read again, and one with a mistake leaves the old one in force', async (t) => {
  const folder = folderWith(t, { 'acme.yaml': acme });
  const files = new ProviderFiles(folder);
  t.same(files.read(), []);
  const [first] = files.providers;
  t.same(files.read(), []);
  t.equal(files.providers[0], first, 'an unchanged file stays the same provider');
  writeFileSync(join(folder, 'acme.yaml'), 'titel: Acme');
  t.match(files.read(), [{ line: 1, column: 1, message: /did you mean "title"/ }]);
  t.equal(files.providers[0], first);
  writeFileSync(join(folder, 'acme.yaml'), 'like: acme');
  t.match(files.read(), [{ path: 'like', message: 'is like itself: acme is like acme' }]);
  t.equal(files.providers[0], first);
  writeFileSync(join(folder, 'acme.yaml'), 'title: New');
  t.same(files.read(), []);
  t.equal(files.providers[0]?.title, 'New');
  rmSync(join(folder, 'acme.yaml'));
  t.same([files.read(), files.providers], [[], []]);
});

t.test('all mistakes of a file are told at once, each with its place', async (t) => {
  const file = `
title: Bad
endpoints: { authorize: /a, token: /a, revoke: '/{nobody}' }
answers:
  token:
    body: { a: '{{ acess_token }}', b: '{{ client.secret }}', c: '{{ code | nofilter }}', d: '{% include "x" %}' }
    cases: [{ when: grant_typ == 'x' }]
errors: { reasons: { code.expird: { status: 400 } } }
resources: [{ method: GET }]
`;
  t.same(mistakesOf(t, { 'bad.yaml': file }), [
    '3:29 endpoints.token: /a is also a path of the endpoint authorize',
    '3:40 endpoints.revoke: the variable {nobody} is not among the variables of this file',
    '6:13 answers.token.body.a: there is no variable "acess_token"; did you mean "access_token"?',
    '6:37 answers.token.body.b: "client" has no member "secret"; known: id, name',
    '6:63 answers.token.body.c: undefined filter: nofilter',
    '6:91 answers.token.body.d: tag "include" not found',
    `7:15 answers.token.cases.0.when: there is no variable "grant_typ"; did you mean "grant_type"?`,
    '8:22 errors.reasons.code.expird: is not a reason in the error table; did you mean "code.expired"?',
    '9:13 resources.0: needs a path',
  ]);
});

t.test('mistakes in templates are told beside those in members, and none that only follows from another one', (t) => {
  const file = `
title: 7
lik: mailup
endpoints: { token: /a, revoke: /a }
variable: { tenant: { example: x } }
answers:
  token:
    status: ok
    body: { a: '{{ acess_token }}', b: '{{ path.tenant }}' }
    cases:
      - { when: true, body: '{{ path.other }}{{ nothing }}' }
      - { body: '{% if a %}' }
      - 7
      - { when: "grant_type = 'refresh_token'" }
errors: { reasons: { code.expird: { status: 400 }, code.expired: { status: 1, description: '{{ facts' } } }
resources:
  - 7
  - { path: /x, scopes: [nobody], body: '{{ client.secret }}', methode: GET }
`;
  const told = mistakesOf(t, { 'bad.yaml': file }).map((mistake) => mistake.replace(/; known: access_token,.*/, ''));
  t.same(told, [
    '2:1 title: expected a string, got a number (7)',
    '3:1 lik: is not a member here; did you mean "like"?',
    '4:25 endpoints.revoke: /a is also a path of the endpoint token',
    '5:1 variable: is not a member here; did you mean "variables"?',
    '8:5 answers.token.status: expected an integer, got a string ("ok")',
    '9:13 answers.token.body.a: there is no variable "acess_token"; did you mean "access_token"?',
    '11:11 answers.token.cases.0.when: expected a string, got a boolean (true)',
    '11:23 answers.token.cases.0.body: there is no variable "nothing"',
    '12:9 answers.token.cases.1.when: is required',
    '12:11 answers.token.cases.1.body: tag {% if a %} not closed',
    '13:9 answers.token.cases.2: expected an object, got a number (7)',
    '14:11 answers.token.cases.3.when: "=" is no operator here; did you mean "=="?',
    '15:22 errors.reasons.code.expird: is not a reason in the error table; did you mean "code.expired"?',
    '15:68 errors.reasons.code.expired.status: must be >= 200',
    '15:79 errors.reasons.code.expired.description: output "{{ facts" not closed',
    '17:5 resources.0: expected an object, got a number (7)',
    '18:35 resources.1.body: "client" has no member "secret"; known: id, name',
    '18:64 resources.1.methode: is not a member here; did you mean "method"?',
  ]);
  t.same(
    mistakesOf(t, { 'a.yaml': "like: b\ntitle: 7\nerrors: { token: { body: '{{ eror }}' } }", 'b.yaml': 'titel: B' }),
    [
      '1:1 titel: is not a member here; did you mean "title"?',
      '1:1 like: the provider "b" has mistakes',
      '2:1 title: expected a string, got a number (7)',
      '3:20 errors.token.body: there is no variable "eror"; did you mean "error"?',
    ],
  );
  t.end();
});

t.test('the example of the reference page is a good file', async (t) => {
  const page = readFileSync(new URL('../../docs/reference/provider-files.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
  t.same(mistakesOf(t, { 'acme.yaml': example }), []);
});

t.test("paths that no router could serve, or that are not a provider's, are told", async (t) => {
  const paths = (endpoints: string): string[] =>
    mistakesOf(t, { 'a.yaml': `variables: { a: { example: x }, b: { example: x } }\nendpoints: ${endpoints}` });
  t.match(paths("{ token: ['/{a}/t', '/{b}/t'] }"), [/:b\/t is listed twice/]);
  t.match(paths("{ token: '/t:x', authorize: '/a*' }"), [/endpoints\.token/, /endpoints\.authorize/]);
  t.match(paths("{ token: '/{a}.json' }"), [/endpoints\.token/]);
  t.match(paths('{ token: /__admin/token, authorize: /w/x }'), [
    /\/__admin\/token is a path of Understudy/,
    /\/w\/x is a path/,
  ]);
  t.same(paths("{ token: '/{a}/v1/t_(x)', authorize: '/', api: / }"), []);
});

t.test('names, and files that are like nobody, are told', async (t) => {
  t.match(mistakesOf(t, { 'w.yaml': '{}' }), [/"w" is the prefix of worlds/]);
  t.match(mistakesOf(t, { 'mailup.yaml': '{}' }), [/"mailup" is a built-in provider/]);
  t.match(mistakesOf(t, { 'Up Per.yaml': '{}' }), [/no name of a provider/]);
  t.match(mistakesOf(t, { 'a.yaml': 'name: ../b' }), [/name/]);
  t.match(mistakesOf(t, { 'a.yaml': 'like: tinymail' }), [
    /there is no provider "tinymail"; did you mean "tinyemail"\?/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': 'like: b', 'b.yaml': 'like: a' }), [
    /is like itself: a is like b is like a/,
    /has mistakes/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': '' }), [/the file is empty/]);
  t.match(mistakesOf(t, { 'a.yaml': '{}', 'a.json': '{}' }), [/has the same provider name as a.json/]);
});

t.test('a template that does not end, or grows without end, is stopped, and the server goes on', async (t) => {
  const body = (template: string): string => `answers: { token: { body: { a: '${template}' } } }`;
  const files = {
    'loop.yaml': body('{% for i in (1..100000000) %}x{% endfor %}'),
    'long.yaml': body(
      '{% capture a %}x{% endcapture %}{% for i in (1..26) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}',
    ),
    'grow.yaml': body(
      '{% capture a %}x{% endcapture %}{% for i in (1..60) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}',
    ),
  };
  const server = await start({ providers: folderWith(t, files) });
  t.teardown(() => server.close());
  const world = server.world();
  for (const provider of ['loop', 'long', 'grow'] as const) {
    const { code } = await world.codes.mint({ provider, clientId: 'understudy-client', userId: 'ada@example.test' });
    const { tokenUrl } = (await world.info()).providers[provider]!;
    const answer = await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirect }),
    });
    t.equal(answer.status, 500, provider);
    const [entry] = await world.journal.list({ provider, order: 'newest' });
    t.equal(entry?.reason, 'server.failed');
  }
});

t.test('a document that is like its own name keeps its title, origin, hosts and facts; another one does not', (t) => {
  const own = new ProviderFiles(
    folderWith(t, {
      'github.yaml': 'like: github',
      'mine.yaml': 'like: shopify',
      'shopify.yaml': 'like: shopify\ntitle: Our Shopify\nhosts: []',
    }),
  );
  t.same(own.read(), []);
  const shelf = new Shelf();
  const of = (name: string) => own.providers.find((each) => each.name === name)!;
  const { title, origin, hosts, facts } = shelf.find('github')!;
  t.match(of('github'), { title, origin, hosts, facts });
  t.equal(hosts.includes('api.github.com'), true);
  const { variables } = shelf.find('shopify')!;
  t.match(of('shopify'), { title: 'Our Shopify', hosts: [], variables });
  t.match(of('mine'), { title: 'mine', origin: 'https://mine.example', hosts: [], facts: [], variables });
  t.end();
});

t.test('parts of a file that contradict or hide each other are told with their places', (t) => {
  const file = `endpoints: { authorize: /a, token: /t, refresh: [/r, /r], api: [/api, /api, /t] }
scopes: { read: Read }
resources:
  - { path: '/x/{id}', body: '{{ path.id }} {{ path.other }} {{ path[query.x] }}' }
  - { path: '/x/{name}', scopes: [read, reed], body: '{{ path.id }}' }
  - { path: /list, body: b, list: { key: k, items: [{ k: 1 }, { k: 2 }, { k: '1' }] } }
  - { path: '/list/{id}', method: PUT }
  - { from: mailup, path: /more }
pages:
  username: same
  password: same
  allow: { name: go, value: on }
  deny: { name: go, value: on }
conventions: { credentials: body, apiPath: /nowhere, scope: 'read write' }
facts: [{ behaviour: a, field: accessTokenSeconds, source: b, confidence: GUESS }]
`;
  const told = mistakesOf(t, { 'a.yaml': file }).map((line) => line.replace(/:\d+ /, ' '));
  t.same(told, [
    '1 endpoints.refresh: /r is listed twice',
    '1 endpoints.api: /api is listed twice',
    '1 endpoints.api: /t is also a path of the endpoint token',
    '4 resources.0.body: no path or host here has the variable "other"; known: id',
    '5 resources.1.path: GET /x/{} is already served by resources.0',
    '5 resources.1.scopes.1: the provider has no scope "reed"; did you mean "read"?',
    '5 resources.1.body: no path or host here has the variable "id"; known: name',
    '6 resources.2.body: cannot be beside list',
    '6 resources.2.list.items.2: another item has the k "1"',
    '7 resources.3.path: PUT /list/{} is already served by resources.2',
    '8 resources.4.path: cannot be beside from',
    '11 pages.password: "same" is also the name of the field username',
    '13 pages.deny: a form would allow and deny at once: allow and deny are the same name and value',
    '14 conventions.apiPath: no call of the API has the path /nowhere',
    '14 conventions.scope: the provider has no scope "write"; known: read',
    '15 facts.0.field: "accessTokenSeconds" is no field of the policy; did you mean "accessToken"?',
  ]);
  t.same(
    mistakesOf(t, { 'a.yaml': 'pages: { antiForgery: decision, allowedBy: { name: decision, value: deny } }' }).length,
    3,
    'beside the names of the provider that it is like',
  );
  const good = `conventions: { credentials: body, apiPath: /x/1 }\nresources: [{ path: '/x/{id}' }, { path: /x/me }]\n`;
  t.same(mistakesOf(t, { 'a.yaml': good }), []);
  t.end();
});

t.test('a template without quotes in YAML is told with a hint, once for each line', (t) => {
  const hint = 'a text with {{ or {% needs quotes in YAML';
  const body = (value: string): string[] =>
    mistakesOf(t, { 'a.yaml': `title: '{{ A }}' # {{ no }}\nerrors: { token: { body: ${value} } }` });
  t.same(body('{ a: {{ error }}, b: 1 }'), [`2:32 : an object or a list is the name of a member; ${hint}`]);
  for (const value of [
    '{ a: {% if error %}b{% endif %} }',
    '{ a: b{{ error }} }',
    '{ a: {{ error }}b }',
    '[{{ error }}b, 1]',
  ]) {
    const [first = '', ...rest] = body(value);
    t.match(first, new RegExp(`^2:\\d+ : .*; ${hint.replaceAll(/[{]/g, '\\{')}$`), value);
    t.same(rest, [], value);
  }
  t.same(body(`{ a: '{{ error }}', b: "{% if error %}{% endif %}" }`), []);
  t.match(body(`{ a: '{{ error }}', b: [ }`)[0], /^2:\d+ : [^{]*$/, 'another mistake has no such hint');
  t.end();
});

t.test('an unknown reason is told with some that exist and where all are, and a name with what is valid', (t) => {
  const [told = '', ...rest] = mistakesOf(t, {
    'a.yaml': 'errors: { reasons: { code.nope-not-at-all: { status: 400 } } }',
  });
  t.same(rest, []);
  t.match(
    told,
    /is not a reason in the error table; some are code\.missing, code\.unknown, .*: docs\/providers\/standard\.md lists all$/,
  );
  t.ok(told.length < 400);
  const [other = ''] = mistakesOf(t, { 'a.yaml': 'errors: { reasons: { zzzzz: { status: 400 } } }' });
  t.match(other, /; some are (?:[a-z.-]+(?:, )?){5}: docs/);
  t.match(
    mistakesOf(t, {
      'a.yaml': `
scopes: { 'a b': x }
variables: { Shop: { example: a } }
parameters: { names: { Client: a }, token: { 'a b': {} } }
answers: { callback: { 'a b': c }, token: { headers: { 'a b': c } } }`,
    }),
    [
      /scopes\.a b: is not a valid member name here; expected: a scope of 1 to 200 characters of visible ASCII/,
      /variables\.Shop: .* expected: a name of 1 to 40 letters, digits and _, a lower-case letter first$/,
      /parameters\.names\.Client: .* expected: a name of RFC 6749/,
      /parameters\.token\.a b: .* expected: a name of 1 to 100 characters of visible ASCII, without blanks$/,
      /answers\.callback\.a b: .* expected: a name of 1 to 100 characters/,
      /answers\.token\.headers\.a b: .* expected: a name of a header: letters, digits/,
    ],
  );
  t.match(
    mistakesOf(t, { 'A.yaml': 'title: A', 'a..b.yaml': '', 'a.yaml': 'like: nowhere' }).at(-1),
    /known: mailup, tinyemail, dottedsign, standard, [a-z]/,
  );
  t.notMatch(mistakesOf(t, { 'A.yaml': 'title: A', 'a.yaml': 'like: nowhere' }).join('\n'), /known:.* A,/);
  t.end();
});
