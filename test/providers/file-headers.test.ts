// Headers in provider files: of the request in templates, and of answers.
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
  ...['x-api-token-v2', 'x-api-key-v1.2', 'x-secret-v-3', 'x-tokenv2', 'x_session_v10', 'x-v2-token'],
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
    'idempotency-key',
    'X-Idempotency-Key',
    'idempotency_key_v2',
    'surrogate-key',
    'sec-websocket-key',
    'x-version-2',
    'x-v2',
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

t.test('a header that no answer can have is a mistake of the file, in its name and its fixed text', (t) => {
  const told: readonly (readonly [string, string | undefined])[] = [
    ['{ x-a: "plain\\ttext {{ now }}" }', undefined],
    ['{ x-a: "{% if now %}\\n{{ now }}{% endif %}" }', 'x-a: cannot have a line break: a header has visible ASCII'],
    ['{ x-a: "{%\\nif now %}{{ now\\n}}{% endif %}" }', undefined],
    // the library trims it
    ['{ x-a: "{%- if now -%}\\n  a\\n{%- endif -%}\\n{{- now -}}\\n" }', undefined],
    ['{ x-a: "{%- if now %}\\n{%- endif %}\\n{{ now }}" }', 'x-a: cannot have a line break'],
    ['{ x-a: "{% case now %}\\n{% when 1 %}a{% else %}b{% endcase %}" }', undefined],
    ['{ x-a: "{% case now %}{% when 1 %}a{% else %}\u00e9{% endcase %}" }', 'x-a: cannot have the character U+00E9'],
    ['{ x-a: "{% comment %}\u00e9{% endcomment %}{# \u00e9 #}" }', 'x-a: cannot have the character U+00E9'],
    ['{ x-a: "{% comment %}\u00e9{% endcomment %}{% # \u00e9 %}a" }', undefined],
    ['{ x-a: \'{{ "a}}\u00e9" | size }}\' }', undefined],
    ['{ x-a: "{% capture it %}\u00e9{% endcapture %}{{ it | size }}" }', undefined],
    ['{ x-a: "{% raw %}{{ \u00e9 }}{% endraw %}" }', 'x-a: cannot have the character U+00E9'],
    ['{ x-a: "a\\r\\nset-cookie: b" }', 'x-a: cannot have a line break'],
    ['{ x-a: "a\\u0000" }', 'x-a: cannot have the character U+0000'],
    ['{ x-a: "\u00e9" }', 'x-a: cannot have the character U+00E9'],
    ['{ x-a: "\u{1f600} {{ now }}" }', 'x-a: cannot have the character U+1F600'],
    ['{ "x a": b }', 'x a: is not a valid member name here'],
    ['{ x-a: b, X-A: c }', 'X-A: is listed twice: upper and lower case are the same'],
    ['{ Content-Length: "3" }', 'Content-Length: cannot be set: it follows from the body'],
    ['{ transfer-encoding: chunked }', 'transfer-encoding: cannot be set: it follows from the body'],
    ['{ connection: close }', 'connection: cannot be set: it belongs to the connection'],
  ];
  for (const [headers, message] of told) {
    for (const place of [
      `errors: { api: { headers: ${headers} } }`,
      `resources: [{ path: /a, headers: ${headers} }]`,
    ]) {
      const mistakes = mistakesOf(t, { 'a.yaml': place });
      t.equal(mistakes.length, message === undefined ? 0 : 1, headers);
      if (message !== undefined) t.match(mistakes[0], `.headers.${message}`);
      if (message !== undefined) t.match(mistakes[0], /^1:\d\d /, 'with its place');
    }
  }
  t.end();
});

t.test(
  'what a template makes that no header can have is sent as question marks, and the journal says so',
  async (t) => {
    const shop = await Shop.open(t, {
      errors: { token: { headers: { 'X-Said': '{{ parameters.said }}' }, body: { error: '{{ error }}' } } },
      resources: [{ path: '/said', authentication: 'none', headers: { 'x-said': '{{ query.said }}' }, body: 'ok' }],
    });
    const refused = await shop.post('/token', { grant_type: 'x', said: 'a\r\nb: \u{1f600}' });
    t.equal(refused.headers.get('x-said'), 'a??b: ?');
    t.equal(refused.headers.get('b'), null);
    const note =
      'a template made a value with a line break for the header x-said; a header has visible ASCII, blanks and ' +
      'tabs, so "?" is sent in place of each other character';
    t.ok((await shop.newest()).notes.includes(note));
    const answered = await shop.send('/api/said?said=%E2%82%AC', {});
    t.equal(answered.headers.get('x-said'), '?');
    t.match((await shop.newest()).notes, [/with the character U\+20AC for the header x-said/]);
    await shop.send('/api/said?said=plain', {});
    t.same((await shop.newest()).notes, []);
  },
);
