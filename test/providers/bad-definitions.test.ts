import t from 'tap';
import { start } from '../../src/library.js';
import { adminOf } from '../admin/calls.js';
import { demo } from '../support.js';
import type { Test } from 'tap';
import type { NamedProvider, World } from '../../src/library.js';
import type { Call, Problem } from '../admin/calls.js';

async function open(t: Test): Promise<{ world: World; call: Call }> {
  const server = await start();
  t.teardown(() => server.close());
  const world = await server.newWorld({ id: 'own' });
  return { world, call: adminOf(world.baseUrl) };
}

t.test('a document with mistakes is refused with all of them, and the earlier one stays in force', async (t) => {
  const { world, call } = await open(t);
  await world.defineProvider('acme', { title: 'Good' });
  const refused: readonly (readonly [object, readonly object[]])[] = [
    [
      { titel: 'x', policy: { accesToken: '1h', pkce: 'perhaps' }, endpoints: { token: 'token' } },
      [
        { path: 'titel', message: /did you mean "title"/ },
        { path: 'policy.accesToken', message: /did you mean "accessToken"/ },
        { path: 'policy.pkce' },
        { path: 'endpoints.token' },
      ],
    ],
    [
      {
        titel: 'x',
        answers: {
          token: { stat: 200, body: { secret: '{{ client.secret }}' }, cases: [{ when: 'error = 1', if: 1 }] },
        },
      },
      [
        { path: 'titel' },
        { path: 'answers.token.stat' },
        { path: 'answers.token.body.secret', message: '"client" has no member "secret"; known: id, name' },
        { path: 'answers.token.cases.0.if' },
        { path: 'answers.token.cases.0.when', message: '"=" is no operator here; did you mean "=="?' },
      ],
    ],
    [
      { like: 'nobody', name: 'other', errors: { token: { body: '{{ eror }}' } }, resources: [{ body: '{{ x }}' }] },
      [
        { path: 'name' },
        { path: 'like' },
        { path: 'errors.token.body', message: 'there is no variable "eror"; did you mean "error"?' },
        { path: 'resources.0', message: 'needs a path' },
        { path: 'resources.0.body', message: /^there is no variable "x"/ },
      ],
    ],
    [{ name: 'other' }, [{ path: 'name', message: 'is "other", but the provider is called "acme" here' }]],
    [{ like: 'acme' }, [{ path: 'like', message: /^is like itself: there is no provider "acme" here; name its file/ }]],
    [{ like: 'malup' }, [{ path: 'like', message: 'there is no provider "malup"; did you mean "mailup"?' }]],
    [
      { endpoints: { authorize: '/w/x', token: '/__admin/token', login: '/{tenant}/login' } },
      [
        { path: 'endpoints.login', message: /\{tenant\} is not among the variables/ },
        { path: 'endpoints.authorize', message: '/w/x is a path of Understudy itself' },
        { path: 'endpoints.token', message: '/__admin/token is a path of Understudy itself' },
      ],
    ],
    [
      {
        answers: { token: { body: { secret: '{{ client.secret }}', end: '{% for a in scopes %}' } } },
        errors: { token: { headers: { 'x-a': "{{ 'x' | unknown }}" } } },
      },
      [
        { path: 'answers.token.body.secret', message: /secret/ },
        { path: 'answers.token.body.end', message: /not closed/ },
        { path: 'errors.token.headers.x-a', message: /undefined filter/ },
      ],
    ],
  ];
  for (const [document, errors] of refused) {
    const { status, body } = await call<Problem>('PUT /providers/acme', document);
    t.equal(status, 400, JSON.stringify(document));
    const found = new Map(body.errors?.map((each) => [each.path, each]));
    for (const error of errors) t.match(found.get((error as { path: string }).path), error);
    t.equal(found.size, errors.length, JSON.stringify(body.errors));
  }
  t.match(await call<Problem>('PUT /providers/acme', [1]), { status: 400 });
  t.match(await call<Problem>('PUT /providers/acme', '{"title":'), { status: 400 });
  t.match(await call<Problem>('PUT /providers/acme', { facts: [], title: 'x'.repeat(2 ** 20) }), {
    status: 413,
    body: { title: 'Body too large' },
  });
  t.equal((await world.providers.describe('acme')).title, 'Good');
});

const otherwiseWrong = {
  hosts: ['{shop}.acme.example'],
  endpoints: { token: '/{tenant}/token', authorize: '/same', revoke: '/same' },
  scopes: { write: 'Write' },
  resources: [{ path: '/x/{id}', scopes: ['wirte'], body: '{{ path.idd }}' }, { path: '/x/{other}' }],
  conventions: { credentials: 'basic', apiPath: '/nowhere', scope: 'raed' },
};
/** Paths of the mistakes in it that hold whatever it is like. */
const holding = [
  'conventions.apiPath',
  'conventions.scope',
  'endpoints.revoke',
  'resources.0.scopes.0',
  'resources.1.path',
];
const ofVariables = ['endpoints.token', 'hosts', 'resources.0.body'];

t.test('a mistake in one part hides none in a part that can be judged', async (t) => {
  const { call } = await open(t);
  const told: readonly (readonly [string, object, readonly string[]])[] = [
    ['none', {}, [...holding, ...ofVariables]],
    ['an unknown member', { titel: 'x' }, ['titel', ...holding, ...ofVariables]],
    ['a text of a scope', { scopes: { write: { words: 5 } } }, ['scopes.write.words', ...holding, ...ofVariables]],
    [
      'a grant of a scope',
      { scopes: { write: { words: '', grants: [1] } } },
      ['scopes.write.grants.0', ...holding, ...ofVariables],
    ],
    ['an example', { variables: { other: {} } }, ['variables.other.example', ...holding, ...ofVariables]],
    ['a provider that is misspelt', { like: 'malup' }, ['like', ...holding, ...ofVariables]],
    ['no such provider, which could have the variables', { like: 'nowhere-near' }, ['like', ...holding]],
    [
      'a misspelt member',
      { scopes: undefined, scops: {} },
      ['scops', ...holding.filter((path) => !path.includes('scope')), ...ofVariables],
    ],
    ['misspelt variables, which could be these', { varaibles: {} }, ['varaibles', ...holding]],
    ['a scope whose name is none', { scopes: { write: '', 'a b': '' } }, ['scopes.a b', ...holding, ...ofVariables]],
  ];
  for (const [name, change, paths] of told) {
    const document = { ...otherwiseWrong, ...change };
    const { status, body } = await call<Problem>('PUT /providers/acme', document);
    t.equal(status, 400);
    t.same(body.errors?.map(({ path }) => path).sort(), [...paths].sort(), name);
  }
});

t.test('a call or an endpoint with a mistake is not compared with others', async (t) => {
  const { call } = await open(t);
  const { body } = await call<Problem>('PUT /providers/acme', {
    like: 'standard',
    // left out, /oauth/token of the standard would be the token endpoint
    endpoints: { token: 'no-slash', revoke: '/token', introspect: '/token' },
    resources: [
      { path: '/a/{x}', body: '{{ path.y }}' },
      { path: '/a/{x}', method: 'PUTT', body: '{{ nope }}' },
      { path: 'a/{x}', body: '{{ path.x }}' },
      { paht: '/b' },
    ],
    errors: { reasons: { 'code.nope': { status: 'x' } } },
  });
  t.same(body.errors?.map(({ path }) => path).sort(), [
    'endpoints.introspect',
    'endpoints.token',
    'errors.reasons.code.nope',
    'errors.reasons.code.nope.status',
    'resources.0.body',
    'resources.1.body',
    'resources.1.method',
    'resources.2.path',
    'resources.3.paht',
  ]);
});

t.test('names that a provider of a world cannot have', async (t) => {
  const { call } = await open(t);
  for (const name of ['..%2f..', '..%2fmailup', 'a..', 'A', '__admin', 'w', 'a'.repeat(41), '__proto__']) {
    const { status, body } = await call<Problem>(`PUT /providers/${name}`, {});
    const message = new RegExp(
      `^${JSON.stringify(decodeURIComponent(name)).replaceAll('.', '\\.')} is (?:no name of a|the prefix)`,
    );
    t.match({ status, errors: body.errors }, { status: 400, errors: [{ path: 'provider', message }] }, name);
    t.match(body.detail, /^the name in the path: "/, 'it is not about the body');
  }
  for (const method of ['PUT', 'DELETE']) {
    t.match(await call<Problem>(`${method} /providers/mailup`, method === 'PUT' ? {} : undefined), {
      status: 409,
      body: { title: 'Built-in provider', detail: /choose another name, and say "like": "mailup"/ },
    });
  }
  t.match(await call<Problem>('DELETE /providers/acme'), { status: 404, body: { title: 'Unknown provider' } });
  t.match(await call<Problem>('POST /providers/acme', {}), { status: 405 });
});

t.test('a document is refused that would break another one, or be one too many', async (t) => {
  const { world, call } = await open(t);
  await world.defineProvider('base', { endpoints: { token: '/token' } });
  await world.defineProvider('acme', { like: 'base', endpoints: { revoke: '/revoke' } });
  t.match(await call<Problem>('PUT /providers/base', { endpoints: { token: '/revoke', revoke: [] } }), {
    status: 400,
    body: { errors: [{ path: '', message: /^then the provider "acme" of this world has mistakes: endpoints\.\w+: / }] },
  });
  await t.rejects(world.defineProvider('base', { like: 'acme' }), { status: 400, message: /is like itself/ });
  t.same((await world.providers.describe('base')).paths.token, ['/token']);
  // a document that others are like is made first, and they follow
  await world.defineProvider('base', { endpoints: { token: '/new/token' } });
  t.same((await world.providers.describe('acme')).paths.token, ['/new/token']);

  for (let i = 2; i < 50; i += 1) t.equal((await call(`PUT /providers/p${i}`, {})).status, 200);
  t.match(await call<Problem>('PUT /providers/p50', {}), {
    status: 409,
    body: { title: 'Too many providers', detail: /50 providers of its own, which is the limit/ },
  });
  t.equal((await call('PUT /providers/p49', { title: 'Replaced' })).status, 200);
  // so many documents that those made first are not kept for the next one that is equal
  for (let i = 0; i < 210; i += 1) await call('PUT /providers/p2', { title: `Title ${i}` });
  t.equal((await world.providers.describe('p2')).title, 'Title 209');
});

t.test('templates that do not end, or make invalid HTTP, end one request and nothing else', async (t) => {
  const { world } = await open(t);
  await world.defineProvider('endless', {
    policy: { grants: ['client_credentials'] },
    answers: {
      token: { body: { a: '{% for a in (1..900000) %}{% for b in (1..900000) %}x{% endfor %}{% endfor %}' } },
    },
    errors: { token: { headers: { 'x-a': "{{ 'a\\u000Ab' }}" }, body: { error: '{{ error }}' } } },
  });
  const { tokenUrl } = (await world.info()).providers['endless' as 'mailup'];
  const ask = (form: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({ client_id: demo.id, client_secret: demo.secret, ...form }),
    });
  t.equal((await ask({ grant_type: 'client_credentials' })).status, 500);
  t.ok((await ask({ grant_type: 'none' })).status >= 400);
  t.match(await world.providers.describe('endless'), { name: 'endless' });
});

t.test('start() takes documents with names, and tells all mistakes in them', async (t) => {
  const documents: NamedProvider[] = [
    { name: 'acme', like: 'base', title: 'Acme' },
    { name: 'base', endpoints: { token: '/oauth/token' } },
  ];
  const server = await start({ providers: documents });
  t.teardown(() => server.close());
  documents[0] = { name: 'acme' };
  const described = await server.world().providers.describe('acme');
  t.match(described, { title: 'Acme', tokenUrl: `${server.url}/acme/oauth/token` });
  // a world replaces a provider of the server for itself
  const world = await server.newWorld();
  await world.defineProvider('acme', { like: 'acme', policy: { accessToken: '5m' } });
  t.match(await world.providers.describe('acme'), {
    policy: { accessToken: '5m' },
    paths: { token: ['/oauth/token'] },
  });
  await world.removeProvider('acme');
  t.equal((await world.providers.describe('acme')).title, 'Acme');

  const circle: Record<string, unknown> = { name: 'circle' };
  circle.title = circle;
  const refused: readonly (readonly [unknown, RegExp])[] = [
    [
      [{ name: 'a', titel: 1 }, { title: 'B' }, { name: 'a' }, 5, { name: 'mailup' }, undefined],
      /^invalid providers:\nproviders\.1\.name: is required.*\nproviders\.2\.name: is also the name of providers\.0\nproviders\.3: expected a document.*\nproviders\.5: expected.*\nproviders\.0\.titel: .*did you mean "title".*\nproviders\.4: "mailup" is a built-in provider/,
    ],
    [[circle], /providers\.0: is nested deeper than 100 levels/],
    [[{ name: 'a', title: 5n }], /providers\.0: is no JSON: .*BigInt/],
    [Array.from({ length: 1001 }, (_, i) => ({ name: `p${i}` })), /providers: are 1001 documents; the limit is 1000/],
    [
      [
        { name: 'a', like: 'b' },
        { name: 'b', like: 'a' },
      ],
      /providers\.1\.like: is like itself: a is like b is like a\nproviders\.0\.like: the provider "b" has mistakes/,
    ],
    [{ name: 'acme' }, /providers is an object; expected a folder, or a list of documents/],
  ];
  for (const [providers, message] of refused) await t.rejects(start({ providers: providers as string }), { message });
});

t.test('a missing document is a mistake, as an empty file is; an empty one is none', async (t) => {
  const { call } = await open(t);
  for (const body of [undefined, '']) {
    const { status, body: problem } = await call<Problem>('PUT /providers/acme', body);
    t.equal(status, 400);
    t.same(problem.errors, [{ path: '', message: 'is empty; write {} for a provider that is like standard' }]);
    t.equal(problem.detail, 'the body is empty; write {} for a provider that is like standard');
  }
  t.equal((await call('GET /providers/acme')).status, 404);
  t.equal((await call('PUT /providers/acme', {})).status, 200);
});

t.test('a byte order mark before a body is ignored, as before a file', async (t) => {
  const { call } = await open(t);
  t.match(await call('PUT /providers/acme', '\uFEFF{"title":"Marked"}'), { status: 200, body: { title: 'Marked' } });
  t.match(await call<Problem>('PUT /providers/acme', ' \uFEFF{}'), { status: 400 });
});
