import { request as rawRequest } from '../raw.js';
import t from 'tap';
import { routes } from '../../src/admin/routes.js';
import { limits } from '../../src/core/realm.js';
import { findProvider, providers } from '../../src/providers/index.js';
import { version } from '../../src/package.js';
import { readFixture } from '../../src/world/scenario/parse-file.js';
import { Browser } from '../journeys/browserless.js';
import { demo, knownNames, startServer } from '../support.js';
import { adminOf, frozen, refused, refusedFor } from './calls.js';
import type { Test } from 'tap';
import type { AdminRoute } from '../../src/admin/route.js';
import type { Health } from '../../src/client/index.js';
import type { WorldInfo } from '../../src/client/documents.js';
import type { CodeInfo } from '../../src/client/index.js';
import type { Call, Problem } from './calls.js';

const server = await startServer();
t.teardown(() => server.close());
const admin = adminOf(server.url);
await admin('PATCH /clock', frozen);

/** A new world with a frozen clock. Returns its admin API. */
async function freshWorld(id: string, more: object = {}): Promise<Call> {
  await admin(`PUT /worlds/${id}`, { clock: frozen, ...more });
  return adminOf(`${server.url}/w/${id}`);
}

const ada = {
  id: demo.username,
  username: demo.username,
  password: 'understudy',
  name: 'Ada Lovelace',
  suspended: false,
  profile: {},
};
const pair = { clientId: demo.id, userId: demo.username };
const at = '/providers/dottedsign';

interface Listed {
  readonly total: number;
}
interface Token {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresAt: string | null;
  readonly expiresIn: number | null;
}

void t.test('every call of the table', async (t) => {
  const call = await freshWorld('table', { seed: 1 });
  const fill = ({ method, path, definesProvider }: AdminRoute, provider = definesProvider ? 'own' : 'mailup'): string =>
    `${method} ${path.replace(':provider', provider).replaceAll(/:\w+/g, 'x')}`;
  const whereItIs = (route: AdminRoute): Call => (route.scope === 'server' ? admin : call);
  const isProblem = (
    t: Test,
    { status, body, headers }: { status: number; body: unknown; headers: Headers },
    expected: number,
    line: string,
  ): void => {
    t.equal(status, expected, line);
    t.match(headers.get('content-type'), 'application/problem+json');
    t.match(body, { title: String, status: expected, detail: String });
  };
  const withBody = routes.filter(({ body }) => body !== undefined);

  void t.test('refuses a body that is not an object, and names unknown members', async (t) => {
    const before = (await call('GET /snapshot')).body;
    for (const route of withBody) {
      for (const body of ['null', '[[]]', '"text"', '17']) {
        isProblem(t, await whereItIs(route)(fill(route), body), 400, `${fill(route)} ${body}`);
      }
      const { body, ...rest } = await whereItIs(route)<Problem>(fill(route), { nonsense: 1 });
      isProblem(t, { body, ...rest }, 400, fill(route));
      t.ok(
        body.errors?.some(({ path, message }) => path === 'nonsense' && message.startsWith('is not a member here')),
        fill(route),
      );
    }
    t.strictSame((await call('GET /snapshot')).body, before);
  });

  void t.test('refuses a body that is too large, is not JSON, or has another Content-Type', async (t) => {
    const large = JSON.stringify({ nonsense: 'x'.repeat(1024 * 1024) });
    for (const route of withBody) {
      const line = fill(route);
      isProblem(t, await whereItIs(route)(line, large), route.bodyLimitBytes === undefined ? 413 : 400, line);
      isProblem(t, await whereItIs(route)(line, '{"secret":s3cr3t-s3cr3t}'), 400, line);
      isProblem(
        t,
        await whereItIs(route)(line, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
        415,
        line,
      );
      isProblem(t, await whereItIs(route)(line, '{}', { 'content-type': 'text/plain' }), 415, line);
    }
    const { body } = await call<Problem>('POST /verify', '{"secret":s3cr3t-s3cr3t}');
    t.notMatch(JSON.stringify(body), 's3cr3t', 'what was sent is not repeated');
    t.match((await call('POST /verify', large)).body, {
      title: 'Body too large',
      detail: 'The body is larger than 1048576 bytes, which is the limit of this call.',
    });
    t.match(
      (await call<Problem>('POST /verify', '')).body,
      { errors: [{ path: 'match', message: 'is required unless order is given' }] },
      'an empty body is an empty object',
    );
  });

  void t.test('refuses JSON that is nested deeper than 100 levels', async (t) => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const route of withBody) {
      const { status, body } = await whereItIs(route)<Problem>(fill(route), `{"profile":${deep}}`);
      t.equal(status, 400);
      t.match(body.errors, [{ message: 'is nested deeper than 100 levels' }]);
    }
  });

  void t.test('refuses an object with its own toString where a string is expected', async (t) => {
    for (const policy of ['{"interaction":{"mode":{"toString":1}}}', '{"redirectStatus":{"toString":1}}']) {
      const { status, body } = await call<Problem>('PATCH /providers/mailup/policy', policy);
      t.equal(status, 400);
      t.match(body.errors, [{ message: /^expected one of .*, got \{"toString":1\}$/ }]);
    }
  });

  void t.test('refuses a body at a call that takes none, and unknown query parameters', async (t) => {
    for (const route of routes) {
      const line = fill(route);
      if (route.body === undefined && route.method !== 'GET') isProblem(t, await whereItIs(route)(line, {}), 400, line);
      if (route.body === undefined && route.waits !== true) {
        const { body, ...rest } = await whereItIs(route)<Problem>(`${line}?nonsense=1`);
        isProblem(t, { body, ...rest }, 400, line);
        t.match(body.errors, [{ path: 'nonsense', message: 'is not a member here' }]);
      }
    }
  });

  void t.test('refuses an unknown world or provider, and lists the known ones', async (t) => {
    const unknownWorld = adminOf(`${server.url}/w/nowhere`);
    for (const route of routes) {
      const { status, body, headers } = await unknownWorld<Problem>(fill(route));
      isProblem(t, { status, body, headers }, 404, fill(route));
      if (route.scope !== 'server') {
        t.match(body, {
          title: 'Unknown world',
          detail: 'There is no world "nowhere". Create it with PUT /__admin/worlds/nowhere',
          known: Array,
        });
      }
    }
    const bodies: Record<string, object> = {
      tokens: pair,
      codes: pair,
      clients: { id: 'x' },
      users: { id: 'x' },
      approve: { user: 'x' },
    };
    const ofKnown = routes.filter(
      ({ path, definesProvider }) => path.includes(':provider') && definesProvider !== true,
    );
    for (const route of ofKnown) {
      const line = fill(route, 'mailop');
      // the mistakes of a body are told when the provider is right
      for (const given of [bodies[line.split('/').at(-1)!] ?? {}, { nonsense: 1 }]) {
        const answer = await call<Problem>(line, route.body === undefined ? undefined : given);
        isProblem(t, answer, 404, line);
        t.match(answer.body, {
          title: 'Unknown provider',
          detail:
            'There is no provider "mailop"; did you mean "mailup"? Known: mailup, tinyemail, dottedsign, standard.',
          known: providers.map(({ name }) => name),
        });
      }
    }
  });

  void t.test(
    'answers HEAD like GET, refuses other methods with 405 and Allow, and lists the calls for an unknown path',
    async (t) => {
      const head = await call('HEAD /clock');
      t.equal(head.status, 200);
      t.equal(head.body, '');
      t.equal((await admin('HEAD /health')).status, 200);
      for (const [line, allow] of [
        ['DELETE /clock', 'GET, PUT, PATCH'],
        ['OPTIONS /clock', 'GET, PUT, PATCH'],
        ['PATCH /reset', 'POST'],
        ['PUT /providers/mailup/tokens/x', 'GET, DELETE'],
      ] as const) {
        const { status, headers } = await call(line);
        t.equal(status, 405, line);
        t.equal(headers.get('allow'), allow);
        t.equal(headers.get('access-control-allow-origin'), null);
      }
      t.match(await call('PROPFIND /clock'), {
        status: 405,
        body: { title: 'Method not allowed', detail: 'The admin API has no PROPFIND' },
      });
      t.match(await call('PROPFIND /clocks'), { status: 404, body: { title: 'Unknown call', known: Array } });
      t.equal((await call('HEAD /journal/wait')).status, 404, 'a call that waits does not support HEAD');
      for (const line of ['GET /clocks', 'POST /docs', 'GET /clock/']) {
        const { body, ...rest } = await call<Problem>(line);
        isProblem(t, { body, ...rest }, 404, line);
        t.ok(body.known?.includes('GET /__admin/providers/{provider}/clients/{id}'));
      }
      isProblem(t, await call('GET /worlds'), 404, 'calls about the whole server do not exist below a world');
      for (const path of [
        '/__admin/docs/static/../x',
        '/__admin/docs/static/nothing.css',
        '/__admin/docs/static/%2e%2e/x',
      ]) {
        const { status, headers, body } = await rawRequest(server.url, `GET ${path}`);
        t.match(
          [status, headers['content-type'], JSON.parse(body)],
          [404, /problem\+json/, { title: 'Unknown call' }],
          path,
        );
      }
      t.match(await (await fetch(`${server.url}/__admin/docs/`)).text(), '<title>Understudy admin API</title>');
      const bare = await fetch(`${server.url}/__admin`);
      t.equal(bare.status, 200);
    },
  );
});

void t.test('health reports the version and the number of worlds', async (t) => {
  const { startedAt, ...health } = (await admin<Health>('GET /health')).body;
  t.strictSame(health, { status: 'ok', version, worlds: server.worlds.size });
  const age = Date.now() - Date.parse(startedAt);
  t.ok(age >= 0 && age < 600_000, `started ${age} ms ago`);
});

void t.test('worlds', async (t) => {
  void t.test('are created in one call, which answers all that a client needs to be configured', async (t) => {
    const { status, body } = await admin<WorldInfo>('POST /worlds', { seed: 7, clock: frozen });
    t.equal(status, 201);
    t.match(body.id, /^[A-Za-z0-9_-]{12}$/);
    const base = `${server.url}/w/${body.id}`;
    t.strictSame(body, {
      id: body.id,
      scenario: 'default',
      seed: '7',
      baseUrl: base,
      providers: Object.fromEntries(
        providers.map(({ name, endpoints }) => [
          name,
          {
            baseUrl: `${base}/${name}`,
            authorizeUrl: `${base}/${name}${endpoints.authorize[0]}`,
            tokenUrl: `${base}/${name}${endpoints.token[0]}`,
            apiUrl: `${base}/${name}${endpoints.api[0]}`,
          },
        ]),
      ),
      adminUrl: `${base}/__admin`,
      clock: { now: frozen.now, frozen: true, rate: 1, skewSeconds: 0, dateHeader: 'real' },
    });
    t.strictSame((await admin(`GET /worlds/${body.id}`)).body, body);
    t.equal((await fetch(body.adminUrl + '/clock')).status, 200);
  });

  void t.test('are listed in pages', async (t) => {
    const { body } = await admin<{ worlds: WorldInfo[]; total: number }>('GET /worlds');
    t.equal(body.total, server.worlds.size);
    t.equal(body.worlds[0]?.id, 'default');
    t.equal(body.worlds[0]!.baseUrl, server.url);
    const page = (await admin<{ worlds: WorldInfo[]; total: number }>('GET /worlds?limit=1&offset=1')).body;
    t.match(page, { worlds: [{ id: body.worlds[1]?.id }], total: body.total });
    t.equal(page.worlds.length, 1);
    t.equal(body.worlds[0]?.dropsAt, null, 'the world default is never dropped');
    const left = Date.parse(String(body.worlds[1]?.dropsAt)) - Date.now();
    t.ok(left > 3_500_000 && left <= 3_600_100, 'a world that was just made is dropped in an hour');
    for (const [query, path] of [
      ['limit=0', 'limit'],
      ['limit=x', 'limit'],
      ['offset=-1', 'offset'],
      ['limit=1&limit=2', 'limit'],
      ['limit=10001', 'limit'],
    ] as const) {
      t.match((await admin<Problem>(`GET /worlds?${query}`)).body.errors, [{ path }], query);
    }
  });

  void t.test('are replaced by PUT, which discards their state', async (t) => {
    t.equal((await admin('PUT /worlds/again', { id: 'again' })).status, 201);
    const call = adminOf(`${server.url}/w/again`);
    await call(`POST ${at}/tokens`, pair);
    t.equal((await call<Listed>(`GET ${at}/tokens`)).body.total, 2);
    t.equal((await admin('PUT /worlds/again', {})).status, 200);
    t.equal((await call<Listed>(`GET ${at}/tokens`)).body.total, 0);
  });

  void t.test('are dropped, except for the default world', async (t) => {
    await admin('PUT /worlds/gone', {});
    t.equal((await admin('DELETE /worlds/gone')).status, 204);
    t.equal((await admin('GET /worlds/gone')).status, 404);
    t.equal((await admin('DELETE /worlds/gone')).status, 404);
    t.match(await refused(t, admin, 'DELETE /worlds/default', undefined, 409), {
      title: 'The default world cannot be dropped',
      detail: 'POST /__admin/reset resets it',
    });
  });

  void t.test('that do not exist answer 404 with the known worlds and how to create one', async (t) => {
    for (const line of ['GET /worlds/nope', 'DELETE /worlds/nope']) {
      t.match(await refused(t, admin, line, undefined, 404), {
        title: 'Unknown world',
        detail: 'There is no world "nope". Create it with PUT /__admin/worlds/nope',
        known: Array,
      });
    }
  });

  void t.test('are created with a seed of null as without a seed', async (t) => {
    t.match((await admin('PUT /worlds/seedless', { seed: null, scenario: 'default' })).body, { seed: null });
    t.match((await admin('PUT /worlds/seedless', { seed: null, scenario: { seed: 5 } })).body, { seed: '5' });
  });

  void t.test('are created once when several calls create the same id at once', async (t) => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin('POST /worlds', { id: 'race', scenario: { description: 'mine' } })),
    );
    t.strictSame(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409, 409, 409]);
  });

  void t.test('are not created from an invalid description', async (t) => {
    const size = server.worlds.size;
    const long = 'x'.repeat(65);
    await refusedFor(
      t,
      admin,
      'POST /worlds',
      { id: 'a b', seed: 1.5, clock: { rate: 0, now: '2026-02-30T00:00:00Z', frosen: true }, world: 1 },
      {
        id: 'letters, digits, _ and -, at most 64, got "a b"',
        seed: 'expected: a whole number, or text: with the same seed, the same calls give the same codes, tokens and ids',
        'clock.rate': 'must be >= 0.001',
        'clock.now': 'a point in time: 2026-01-01T00:00:00Z, in the years 0 to 9999 in UTC, got "2026-02-30T00:00:00Z"',
        'clock.frosen': 'is not a member here; did you mean "frozen"?',
        world: 'is not a member here; known: id, scenario, seed, clock',
      },
    );
    await refusedFor(t, admin, `PUT /worlds/${long}`, {}, { id: 'at most 64' });
    await refusedFor(t, admin, 'PUT /worlds/one', { id: 'two' }, { id: 'differs from the id in the URL, "one"' });
    t.match(await refused(t, admin, 'POST /worlds', { id: 'default' }, 409), {
      title: 'World exists',
      detail: 'PUT /__admin/worlds/default replaces it',
    });
    t.match(await refused(t, admin, 'POST /worlds', { scenario: 'defualt' }, 404), {
      detail: 'there is no scenario "defualt"; did you mean "default"?',
      errors: [{ path: 'scenario' }],
    });
    await refusedFor(
      t,
      admin,
      'POST /worlds',
      { scenario: { extends: 'nothing', providers: { mailop: {} } } },
      { 'scenario.extends': 'there is no scenario "nothing"' },
    );
    await refusedFor(
      t,
      admin,
      'PUT /worlds/bad',
      { scenario: { providers: { mailop: {}, mailup: { users: [{}] } } } },
      {
        'scenario.providers.mailop': 'is not a provider; did you mean "mailup"?',
        'scenario.providers.mailup.users.0': 'needs an id or a username',
      },
    );
    await refusedFor(
      t,
      admin,
      'POST /worlds',
      { clock: { now: '2026-01-01T00:00' } },
      { 'clock.now': 'a point in time' },
    );
    t.equal(server.worlds.size, size);
  });

  void t.test('are reset to the description that they were created from', async (t) => {
    const call = await freshWorld('reset', { seed: 3, scenario: { extends: 'default', clock: { skewSeconds: 5 } } });
    const first = (await call<Token>(`POST ${at}/tokens`, pair)).body;
    await call('POST /clock/advance', { by: '1d' });
    await call(`DELETE ${at}/clients/${demo.id}`);
    const { status, body } = await call<WorldInfo>('POST /reset');
    t.equal(status, 200);
    t.match(body, { id: 'reset', seed: '3', scenario: null, clock: { now: frozen.now, frozen: true, skewSeconds: 5 } });
    t.strictSame(
      (await call<Token>(`POST ${at}/tokens`, pair)).body,
      first,
      'the seeded random values start again too',
    );
  });

  void t.test('that are dropped during a call stay dropped', async (t) => {
    const other = await startServer();
    t.teardown(() => other.close());
    const { worlds } = other;
    const use = worlds.use.bind(worlds);
    worlds.use = (id) => {
      const world = use(id);
      queueMicrotask(() => worlds.drop(id));
      return world;
    };
    const call = adminOf(`${other.url}/w/vanishing`);
    for (const [line, body] of [
      ['POST /reset', undefined],
      ['PUT /scenario', { name: 'default' }],
    ] as const) {
      worlds.open({ id: 'vanishing' });
      t.match(await call<Problem>(line, body), {
        status: 409,
        body: {
          title: 'World was dropped',
          detail: 'the world "vanishing" was dropped while this call was in progress',
        },
      });
      t.equal(use('vanishing'), undefined);
    }
  });
});

void t.test('scenarios', async (t) => {
  const call = await freshWorld('stories', { seed: 5 });

  void t.test('writes a scenario as a file in YAML, which is read back as the same scenario', async (t) => {
    const { scenarios } = (await admin<{ scenarios: { name: string }[] }>('GET /scenarios')).body;
    t.ok(scenarios.length > 10);
    for (const { name } of scenarios) {
      const { scenario } = (await admin<{ scenario: unknown }>(`GET /scenarios/${name}?format=json`)).body;
      const { headers, body } = await admin<string>(`GET /scenarios/${name}?format=yaml`);
      t.equal(headers.get('content-type'), 'application/yaml; charset=utf-8');
      t.notMatch(body, /[&*]a\d/, 'no aliases');
      const read = readFixture(body, `${name}.yaml`, knownNames);
      t.strictSame([read.mistakes, read.scenario], [[], scenario], name);
    }
    await refusedFor(t, admin, 'GET /scenarios/default?format=xml', undefined, { format: 'yaml' });
  });

  void t.test('are listed and read', async (t) => {
    const { body } = await admin<{ scenarios: { name: string; description: string; source: string }[]; total: number }>(
      'GET /scenarios',
    );
    t.equal(body.total, body.scenarios.length);
    t.match(
      body.scenarios.find(({ name }) => name === 'default'),
      { description: String, source: 'built-in' },
    );
    t.match((await admin('GET /scenarios/default')).body, {
      name: 'default',
      scenario: { providers: { mailup: { clients: [{ id: demo.id }] } } },
    });
    t.match(await refused(t, admin, 'GET /scenarios/defualt', undefined, 404), {
      detail: 'did you mean "default"?',
      known: Array,
    });
    t.equal((await admin('GET /scenarios/__proto__')).status, 404);
    t.equal((await admin('GET /scenarios/..%2f..%2fpackage')).status, 404);
  });

  void t.test('are played by name or given in full, and a reset returns to the scenario played last', async (t) => {
    t.match((await call('PUT /scenario', { name: 'default' })).body, { scenario: 'default', seed: null });
    const inline = {
      description: 'one client',
      seed: 'abc',
      clock: frozen,
      providers: { mailup: { clients: [{ id: 'only' }] } },
    };
    t.match((await call('PUT /scenario', inline)).body, { scenario: null, seed: 'abc', clock: { now: frozen.now } });
    await call('POST /providers/mailup/clients', { id: 'other' });
    await call('POST /reset');
    t.match((await call('GET /providers/mailup/clients')).body, {
      clients: [{ id: 'only', secret: '', name: 'only', redirectUris: [], confidential: false }],
      total: 1,
    });
  });

  void t.test('are refused with a list of all mistakes', async (t) => {
    await call('PATCH /clock', frozen);
    await refusedFor(t, call, 'PUT /scenario', { name: 'default', seed: 1 }, { name: 'was sent with other members' });
    t.match(await refused(t, call, 'PUT /scenario', { name: 'nothing' }, 404), {
      errors: [{ path: 'name', message: 'there is no scenario "nothing"' }],
    });
    await refusedFor(
      t,
      call,
      'PUT /scenario',
      {
        extends: 'default',
        providers: {
          mailup: {
            policy: {
              code: '5 parsecs',
              accessToken: '-5m',
              refreshToken: '40000d',
              interaction: { mode: 'automatic' },
              refreshRotation: 'rotat',
              callsPerSecond: true,
              grants: ['pasword'],
              pkce: 1,
              errors: { 'code.expired': { status: 9, error: '"' } },
            },
            clients: [
              { id: 'a', redirectUri: [], secret: 's\u00e9cret' },
              { id: 'b', redirectUris: ['/callback', 'http://a/#b'] },
            ],
            users: [{ id: 1 }],
            resources: [{ method: 'get', path: 'x', headers: { 'not a name': 'x' } }],
          },
          tinyemail: { policy: { interaction: {} } },
        },
        faults: [
          { match: {}, fault: { kind: 'delay', for: '11m' } },
          { match: {}, fault: { kind: 'delay', for: '5 parsecs' } },
        ],
        journal: { limit: 0 },
      },
      {
        'providers.mailup.policy.code':
          'the lifetime of an authorization code as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never, got "5 parsecs"',
        'providers.mailup.policy.accessToken': 'got "-5m"',
        'providers.mailup.policy.refreshToken': 'is longer than 36500 days',
        'providers.mailup.policy.interaction.mode': 'expected one of manual, auto, got "automatic"',
        'providers.mailup.policy.refreshRotation': 'did you mean "rotate"?',
        'providers.mailup.policy.grants.0': 'did you mean "password"?',
        'providers.mailup.policy.pkce': 'expected',
        'providers.mailup.policy.errors.code.expired.status': 'must be >= 200',
        'providers.mailup.policy.errors.code.expired.error':
          'expected: visible ASCII characters except " and \\ (RFC 6749 §5.2), got',
        'providers.mailup.policy.callsPerSecond': 'a whole number, or unlimited, got a boolean (true)',
        'providers.mailup.resources.0.headers.not a name': 'is not a valid member name here',
        'providers.tinyemail.policy.interaction.mode': 'expected one of manual, auto, got nothing',
        'faults.0.fault.for': 'got "11m"',
        'faults.1.fault.for': 'got "5 parsecs"',
        'providers.mailup.clients.0.redirectUri': 'is not a member here; did you mean "redirectUris"?',
        'providers.mailup.clients.0.secret': 'expected: visible ASCII characters: the client_secret',
        'providers.mailup.clients.1.redirectUris.0': '"/callback"',
        'providers.mailup.clients.1.redirectUris.1': 'fragment',
        'providers.mailup.users.0.id': 'expected a string, got a number (1)',
        'providers.mailup.resources.0.method': 'did you mean "GET"?',
        'providers.mailup.resources.0.path':
          'expected: a path that begins with /: the whole path, or the part after the provider\'s API base; a segment :name matches any segment, got "x"',
        'journal.limit': 'must be >= 1',
      },
    );
    await refusedFor(
      t,
      call,
      'PUT /scenario',
      {
        providers: {
          mailup: {
            clients: [{ id: 'a' }, { id: 'a' }, { id: 'b', confidential: true, scopes: ['everything'] }],
            users: [{ id: 'u', username: 'x' }, { id: 'u' }, { username: 'x' }],
            resources: [
              { method: 'GET', path: '/x', headers: { 'Content-Length': '3' } },
              { method: 'GET', path: '/y', headers: { trailer: 'x' } },
              { method: 'GET', path: '/z', status: 205, body: 'x' },
            ],
            policy: {
              interaction: { mode: 'auto', user: 'nobody' },
              pkce: 'required',
              pkceMethods: [],
              code: 'never',
              basicWithoutScheme: true,
              clientCredentialsIn: ['body'],
              tokenMethods: ['GET'],
              tokenParametersIn: ['body'],
              errors: { 'no.reason': {} },
            },
          },
        },
      },
      {
        'providers.mailup.clients.1.id': '"a" is already the id of another client',
        'providers.mailup.clients.2.secret': 'is required for a confidential client',
        'providers.mailup.clients.2.scopes.0': '"everything" is not a scope of this provider',
        'providers.mailup.users.1.id': '"u" is already the id of another user',
        'providers.mailup.users.2.username': '"x" is already the username of another user',
        'providers.mailup.resources.0.headers': 'headers may not have content-length',
        'providers.mailup.resources.1.headers': 'headers may not have trailer',
        'providers.mailup.resources.2.body': 'an answer with the status 205 has no body',
        'providers.mailup.policy.interaction': 'names the user "nobody", which this realm does not have',
        'providers.mailup.policy.pkceMethods': 'is empty, but pkce is required',
        'providers.mailup.policy.code': 'is never',
        'providers.mailup.policy.basicWithoutScheme': 'but clientCredentialsIn does not include basic',
        'providers.mailup.policy.tokenMethods': 'allows only GET',
        'providers.mailup.policy.errors.no.reason': 'is not a reason in the error table',
      },
    );
    const { errors = [] } = await refused(
      t,
      call,
      'PUT /scenario',
      { nonsense: 1, ...Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`x${i}`, i])) },
      400,
    );
    t.equal(errors.length, 101, 'a hundred mistakes are listed, and that there are more');
  });

  void t.test('are refused if their policy contradicts itself together with the default policy', async (t) => {
    await refusedFor(
      t,
      call,
      'PUT /scenario',
      {
        providers: {
          tinyemail: {
            policy: {
              accessTokenReused: true,
              refreshTokenIssued: false,
              refreshRotation: 'keep',
              grants: ['authorization_code', 'refresh_token'],
            },
          },
        },
      },
      {
        'providers.tinyemail.policy.refreshTokenIssued':
          'is false, but accessTokenReused with refreshRotation keep requires refresh tokens',
      },
    );
  });
});

void t.test('the clock', async (t) => {
  const call = await freshWorld('time');

  void t.test('is read, changed in parts, and set as a whole', async (t) => {
    t.strictSame((await call('GET /clock')).body, {
      now: frozen.now,
      frozen: true,
      rate: 1,
      skewSeconds: 0,
      dateHeader: 'real',
    });
    t.match((await call('PATCH /clock', { rate: 60, skewSeconds: -2.5, dateHeader: 'virtual' })).body, {
      now: frozen.now,
      frozen: true,
      rate: 60,
      skewSeconds: -2.5,
      dateHeader: 'virtual',
    });
    t.match(
      (await call('PATCH /clock', { now: '1999-12-31T23:59:59+01:00' })).body,
      { now: '1999-12-31T22:59:59.000Z', frozen: true },
      'the clock may be set to an earlier time',
    );
    const put = await call<{ now: string }>('PUT /clock', {});
    t.match(put.body, { frozen: false, rate: 1, skewSeconds: 0, dateHeader: 'real' });
    t.ok(Math.abs(Date.parse(put.body.now) - Date.now()) < 60_000, 'without now, the clock shows the real time');
    await call('PATCH /clock', frozen);
  });

  void t.test('advances by a duration in short or ISO 8601 form', async (t) => {
    for (const [by, seconds] of [
      ['90s', 90],
      ['61m', 3660],
      ['2h30m', 9000],
      ['PT15M', 900],
      ['P1DT1H', 90_000],
      ['P2W', 1_209_600],
      ['1.5s', 1.5],
      ['500ms', 0.5],
      ['0s', 0],
      ['36500d', 3_153_600_000],
    ] as const) {
      await call('PATCH /clock', { now: frozen.now });
      t.match(
        (await call('POST /clock/advance', { by })).body,
        { now: new Date(Date.parse(frozen.now) + seconds * 1000).toISOString(), expired: [], total: 0 },
        by,
      );
    }
    await call('PATCH /clock', { now: frozen.now });
    t.match((await call('POST /clock/advance', { to: '2026-11-21T12:00:00Z' })).body, {
      now: '2026-11-21T12:00:00.000Z',
    });
    await call('PATCH /clock', { now: frozen.now });
  });

  void t.test('lists what expires next, earliest first', async (t) => {
    await call(`POST ${at}/tokens/revoke`, {});
    await call(`POST ${at}/codes/expire`, {});
    const expiries = async (query = ''): Promise<Listed> => (await call<Listed>(`GET /clock/expiries${query}`)).body;
    interface Listed {
      readonly now: string;
      readonly expiries: readonly { readonly value: string; readonly kind: string; readonly expiresAt: string }[];
      readonly total: number;
    }
    t.strictSame(await expiries(), { now: frozen.now, expiries: [], total: 0 });
    const seconds = [50, 10, 40, 20, 30, 60, 5, 45, 15];
    for (const expiresIn of seconds) await call(`POST ${at}/tokens`, { ...pair, expiresIn });
    await call(`POST ${at}/tokens`, { ...pair, expiresIn: 'never' });
    const { code, fingerprint, grantId } = (await call<CodeInfo>(`POST ${at}/codes`, { ...pair, expiresIn: '7s' }))
      .body;
    const inOrder = [...seconds, 7].sort((a, b) => a - b).map((s) => new Date(Date.parse(frozen.now) + s * 1000));
    for (const limit of [1, 2, 3, 20]) {
      const listed = await expiries(`?limit=${limit}`);
      t.strictSame(
        listed.expiries.map(({ expiresAt }) => expiresAt).slice(0, inOrder.length),
        inOrder.map((date) => date.toISOString()).slice(0, limit),
        `limit ${limit}`,
      );
      t.equal(listed.total, (await expiries('?limit=1000')).expiries.length);
    }
    t.strictSame((await expiries('?limit=2')).expiries[1], {
      provider: 'dottedsign',
      kind: 'code',
      value: code,
      fingerprint,
      clientId: demo.id,
      userId: demo.username,
      grantId,
      issuedAt: frozen.now,
      expiresAt: '2026-01-01T00:00:07.000Z',
    });
    await call('PATCH /clock', { skewSeconds: 8 });
    t.equal((await expiries()).expiries[0]?.expiresAt, '2026-01-01T00:00:10.000Z', 'what the skew expired is left out');
    await call('PATCH /clock', { skewSeconds: 0 });
    for (const limit of ['0', '1001', 'all']) {
      t.match(await call<Problem>(`GET /clock/expiries?limit=${limit}`), {
        status: 400,
        body: { errors: [{ path: 'limit' }] },
      });
    }
    await call(`POST ${at}/tokens/revoke`, {});
    await call(`POST ${at}/codes/expire`, {});
  });

  void t.test('advances to the next expiry and lists what expired, in the order of expiry', async (t) => {
    t.match(await refused(t, call, 'POST /clock/advance', { to: 'next-expiry' }, 409), {
      title: 'Nothing will expire',
    });
    const long = (await call<Token>(`POST ${at}/tokens`, { ...pair, expiresIn: '20m' })).body;
    const short = (await call<Token>(`POST ${at}/tokens`, { ...pair, expiresIn: 60 })).body;
    const code = (await call<{ code: string }>(`POST ${at}/codes`, { ...pair, expiresIn: '60s' })).body.code;
    const common = { provider: 'dottedsign', clientId: demo.id, userId: demo.username };
    await call('PATCH /clock', { skewSeconds: 10 });
    const { body } = await call<{ now: string; expired: { value: string }[]; total: number }>('POST /clock/advance', {
      to: 'next-expiry',
    });
    t.equal(body.now, '2026-01-01T00:00:50.000Z', 'a skew of 10 s makes tokens expire 10 s earlier');
    t.match(body.expired, [
      { ...common, kind: 'code', value: code, expiresAt: '2026-01-01T00:01:00.000Z' },
      { ...common, kind: 'access', value: short.accessToken, expiresAt: '2026-01-01T00:01:00.000Z' },
    ]);
    t.equal(body.expired.length, 2);
    await call('PATCH /clock', { skewSeconds: 0 });
    await call('POST /clock/advance', { by: '10s' });
    t.strictSame(
      (await call<{ expired: { value: string }[] }>('POST /clock/advance', { by: '1d' })).body.expired.map(
        ({ value }) => value,
      ),
      [long.accessToken],
      'an expired code or token is not listed again',
    );
    await call(`POST ${at}/tokens/revoke`, {});
    t.match(
      await refused(t, call, 'POST /clock/advance', { to: 'next-expiry' }, 409),
      { title: 'Nothing will expire' },
      'a revoked token has no next expiry',
    );
  });

  void t.test('refuses invalid durations and instants', async (t) => {
    await call('PATCH /clock', { now: frozen.now });
    await refusedFor(t, call, 'POST /clock/advance', {}, { by: 'expected one of by and to' });
    await refusedFor(
      t,
      call,
      'POST /clock/advance',
      { by: '1s', to: 'next-expiry' },
      { to: 'expected one of by and to' },
    );
    await refusedFor(
      t,
      call,
      'POST /clock/advance',
      { by: '5 parsecs' },
      { by: 'a duration: 90s, 61m, 2h30m, 1d or PT15M, got "5 parsecs"' },
    );
    for (const by of ['-5m', '', '5', 'P', 'PT', 'P1M', '1h 5m', '1e3s', '٣s']) {
      await refusedFor(t, call, 'POST /clock/advance', { by }, { by: 'a duration' });
    }
    await refusedFor(t, call, 'POST /clock/advance', { by: 'never' }, { by: 'expected a finite duration' });
    await refusedFor(t, call, 'POST /clock/advance', { by: '99999999999999d' }, { by: 'is longer than 36500 days' });
    await refusedFor(
      t,
      call,
      'POST /clock/advance',
      { by: 90 },
      { by: 'expected a duration such as 30s, got a number (90)' },
    );
    await refusedFor(
      t,
      call,
      'POST /clock/advance',
      { to: '2025-12-31T23:59:59Z' },
      { to: 'is before the current time of the world, 2026-01-01T00:00:00.000Z; to go back, use PATCH /__admin/clock' },
    );
    await refusedFor(t, call, 'POST /clock/advance', { to: 'tomorrow' }, { to: 'a point in time such as' });
    for (const now of [
      '2026-01-01',
      '2026-13-01T00:00:00Z',
      '2026-01-01T25:00:00Z',
      '+012026-01-01T00:00:00Z',
      '2026-01-01T00:00:00',
      5,
    ]) {
      await refusedFor(t, call, 'PATCH /clock', { now }, { now: '' });
    }
    await refusedFor(
      t,
      call,
      'PATCH /clock',
      { rate: -1, frozen: 'yes', skewSeconds: 1e12, dateHeader: 'fake' },
      {
        rate: 'must be >= 0.001',
        frozen: 'expected a boolean',
        skewSeconds: 'must be <=',
        dateHeader: 'expected one of real, virtual',
      },
    );
  });

  void t.test('stops at the latest time that it can show', async (t) => {
    await call(`POST ${at}/tokens`, { ...pair, expiresIn: '36500d' });
    await call('PATCH /clock', { now: '9999-12-31T23:59:59Z' });
    await refusedFor(
      t,
      call,
      'POST /clock/advance',
      { by: '1s' },
      { by: 'exceeds the maximum time of the clock, 9999-12-31T23:59:59.999Z' },
    );
    await call(`POST ${at}/tokens`, { ...pair, expiresIn: '36500d' });
    t.match(await refused(t, call, 'POST /clock/advance', { to: 'next-expiry' }, 409), {
      detail: 'The next expiry is after the maximum time of the clock, 9999-12-31T23:59:59.999Z',
    });
    await call('PATCH /clock', { frozen: false, rate: 1_000_000 });
    t.equal((await call<{ now: string }>('GET /clock')).body.now.slice(0, 4), '9999');
    t.equal((await call('GET /snapshot')).status, 200);
    await call('PUT /clock', frozen);
  });
});

void t.test('providers and policy', async (t) => {
  const call = await freshWorld('rules');

  void t.test('are described with every deviation, its source and its confidence', async (t) => {
    const list = (await call<{ providers: { name: string; policy: object }[]; total: number }>('GET /providers')).body;
    t.strictSame(
      list.providers.map(({ name }) => name),
      providers.map(({ name }) => name),
    );
    for (const { name, facts } of providers) {
      const { body } = await call<{
        quirks: { id: string; source: string; confidence: string }[];
        policy: object;
        errors: { reason: string }[];
      }>(`GET /providers/${name}`);
      t.strictSame(
        body.quirks.map(({ id }) => id),
        facts.map(({ id }) => id),
      );
      t.match(body, {
        name,
        tokenUrl: `${server.url}/w/rules/${name}/`,
        paths: Object,
        scopes: Object,
        relaxed: Array,
      });
      t.strictSame(body.policy, list.providers.find((each) => each.name === name)?.policy);
      t.match(
        body.errors.find(({ reason }) => reason === 'code.expired'),
        { status: Number, error: String, description: String },
      );
      // The policy that GET answers is accepted by PATCH.
      t.strictSame(
        (await call<{ policy: object }>(`PATCH /providers/${name}/policy`, body.policy)).body.policy,
        body.policy,
      );
    }
  });

  void t.test('are changed member by member, and the answer lists what is laxer than the RFCs', async (t) => {
    const { body } = await call<{ policy: Record<string, unknown>; relaxed: { field: string }[] }>(
      'PATCH /providers/mailup/policy',
      {
        code: '30s',
        refreshToken: 'never',
        accessToken: '1h30m',
        interaction: { mode: 'auto', user: demo.username },
        callsPerSecond: 5,
        echoState: false,
        errors: { 'code.expired': { status: 418 } },
      },
    );
    t.match(body.policy, {
      code: '30s',
      refreshToken: 'never',
      accessToken: '1h30m',
      interaction: { mode: 'auto', user: demo.username, decision: 'allow' },
      callsPerSecond: 5,
      echoState: false,
      errors: { 'code.expired': { status: 418 } },
    });
    t.match(
      body.relaxed.find(({ field }) => field === 'echoState'),
      { value: false, strict: true, clause: 'RFC 6749 §4.1.2 requires that state is returned' },
    );
    t.match(
      (
        await call<{ policy: Record<string, unknown> }>('PATCH /providers/mailup/policy', {
          callsPerSecond: 'unlimited',
          accessToken: '250ms',
          refreshToken: '0s',
        })
      ).body.policy,
      { code: '30s', callsPerSecond: 'unlimited', accessToken: '250ms', refreshToken: '0s' },
    );
    const strict = (
      await call<{ relaxed: { field: string }[] }>('PATCH /providers/mailup/policy', {
        pkce: 'required',
        redirectUriAtToken: 'required',
        pkceMethods: ['S256'],
      })
    ).body.relaxed;
    t.notOk(
      strict.some(({ field }) => field === 'pkce' || field === 'redirectUriAtToken'),
      'a value stricter than the RFCs is not listed',
    );
  });

  void t.test('name the clause of each field in which DottedSign is laxer than the RFCs', async (t) => {
    const { body } = await call<{ relaxed: { field: string; value: unknown; clause: string }[] }>(
      'GET /providers/dottedsign',
    );
    const clauseOf = (field: string): string | undefined => body.relaxed.find((each) => each.field === field)?.clause;
    t.equal(clauseOf('parametersRepeated'), 'RFC 6749 §3.1 and §3.2 allow each parameter once');
    t.equal(clauseOf('basicDecoding'), 'RFC 6749 §2.3.1 requires form-encoding');
    t.equal(clauseOf('scopeChallenge'), 'RFC 6750 §3 requires WWW-Authenticate');
    t.equal(clauseOf('refreshTokenForClientCredentials'), undefined, 'as the RFC advises');
  });

  void t.test('refuse a change that would contradict the rest of the policy', async (t) => {
    await refusedFor(
      t,
      call,
      'PATCH /providers/mailup/policy',
      { interaction: { mode: 'auto', user: 'nobody' }, pkce: 'required', pkceMethods: [] },
      { interaction: 'names the user "nobody"', pkceMethods: 'is empty' },
    );
    await refusedFor(t, call, 'PATCH /providers/mailup/policy', { code: 'never' }, { code: 'is never' });
    await refusedFor(
      t,
      call,
      'PATCH /providers/mailup/policy',
      { code: '5 parsecs', accesToken: '1m', bearerIn: [] },
      { code: 'got "5 parsecs"', accesToken: 'did you mean "accessToken"?', bearerIn: 'needs at least 1 item' },
    );
    await refusedFor(
      t,
      call,
      'PATCH /providers/mailup/policy',
      { errors: { 'code.expird': {} } },
      { 'errors.code.expird': 'is not a reason in the error table; did you mean "code.expired"?' },
    );
    t.match(await refused(t, call, `DELETE /providers/mailup/users/${demo.username}`, undefined, 409), {
      title: 'User is required by the policy',
      detail: 'interaction names the user',
    });
    await call('POST /providers/mailup/users', { id: 'r2', username: 'robot' });
    await call('PATCH /providers/mailup/policy', { interaction: { mode: 'auto', user: 'robot' } });
    t.match(await refused(t, call, 'PATCH /providers/mailup/users/r2', { username: 'other' }, 409), {
      title: 'User is required by the policy',
    });
  });
});

void t.test('clients', async (t) => {
  const call = await freshWorld('clients');
  const path = `${at}/clients`;
  const full = {
    id: 'my app',
    secret: 'p@ss w+rd:1',
    name: 'My app',
    redirectUris: ['http://localhost:1/cb'],
    grants: ['authorization_code'],
    scopes: [Object.keys(findProvider('dottedsign')!.scopes)[0]!],
    confidential: true,
  };

  void t.test('are registered, read, listed, changed, replaced and deleted', async (t) => {
    const made = await call(`POST ${path}`, full);
    t.equal(made.status, 201);
    t.strictSame(made.body, full);
    t.strictSame((await call(`GET ${path}/my%20app`)).body, full);
    t.match((await call<{ clients: object[]; total: number }>(`GET ${path}?offset=1`)).body, {
      clients: [full],
      total: 2,
    });
    t.strictSame(
      (await call(`PATCH ${path}/my%20app`, { name: 'New' })).body,
      { ...full, name: 'New' },
      'PATCH keeps a member that is left out',
    );
    t.strictSame(
      (await call(`PUT ${path}/my%20app`, { secret: 'x' })).body,
      { id: 'my app', secret: 'x', name: 'my app', redirectUris: [], confidential: true },
      'PUT resets a member that is left out to its default',
    );
    const byPassword = async (): Promise<number> =>
      (
        await fetch(`${server.url}/w/clients/dottedsign/v1/oauth/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'password',
            email: demo.username,
            password: demo.password,
            client_id: 'my app',
            client_secret: 'x',
          }),
        })
      ).status;
    t.equal(await byPassword(), 400, 'a grant that the realm does not take');
    await call('PATCH /providers/dottedsign/policy', { grants: ['authorization_code', 'refresh_token', 'password'] });
    t.equal(await byPassword(), 200, 'a client that names no grants may use whatever its realm takes');
    t.equal((await call(`PUT ${path}/second`, { id: 'second' })).status, 201);
    t.equal((await call(`DELETE ${path}/second`)).status, 204);
    t.equal((await call(`GET ${path}/second`)).status, 404);
  });

  void t.test('without a secret are public, and become confidential with a secret', async (t) => {
    t.match((await call(`POST ${path}`, { id: 'app', redirectUris: ['com.example.app:/cb'] })).body, {
      secret: '',
      confidential: false,
    });
    t.match((await call(`PATCH ${path}/app`, { name: 'App' })).body, { secret: '', confidential: false });
    t.match((await call(`PATCH ${path}/app`, { secret: 's' })).body, { secret: 's', confidential: true });
    t.match((await call(`PATCH ${path}/app`, { confidential: false })).body, { secret: 's', confidential: false });
  });

  void t.test('are refused with a list of all mistakes', async (t) => {
    t.match(await refused(t, call, `POST ${path}`, { id: demo.id }, 409), {
      title: 'Client exists',
      detail: 'PUT replaces it',
    });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ID: 'x', secret: 5, grants: ['implicit'], redirectUris: ['nonsense', 'nonsense'] },
      {
        ID: 'did you mean "id"?',
        secret: 'expected a string',
        'grants.0': 'expected one of authorization_code, refresh_token, password, client_credentials, got "implicit"',
        redirectUris: 'has the same item at 0 and at 1',
        'redirectUris.0': '"nonsense"',
        'redirectUris.1': '"nonsense"',
      },
    );
    const { errors } = await refused(t, call, `POST ${path}`, { id: 'x', secret: 's3cr3t-\u00e9' }, 400);
    t.notMatch(JSON.stringify(errors), 's3cr3t', 'a secret is not repeated');
    await refusedFor(t, call, `PUT ${path}/one`, { id: 'two' }, { id: 'differs from the id in the URL, "one"' });
    await refusedFor(
      t,
      call,
      `PUT ${path}/one`,
      { scopes: ['nothing'], confidential: true },
      { 'scopes.0': '"nothing" is not a scope of this provider', secret: 'is required' },
    );
    await refusedFor(t, call, `PATCH ${path}/${demo.id}`, { scopes: ['nothing'] }, { 'scopes.0': 'known: ' });
    await refusedFor(t, call, `PATCH ${path}/${demo.id}`, { id: 'new' }, { id: 'is not a member here' });
    await refusedFor(
      t,
      call,
      'PUT /scenario',
      { extends: 'default', providers: { mailup: { users: [{}, {}] } } },
      {
        'providers.mailup.users.0': 'needs an id or a username',
        'providers.mailup.users.1': 'needs',
      },
    );
    for (const line of ['GET', 'PATCH', 'DELETE']) {
      t.match(await refused(t, call, `${line} ${path}/nobody`, line === 'PATCH' ? {} : undefined, 404), {
        title: 'Unknown client',
        known: [demo.id],
      });
    }
  });

  void t.test('are limited in number', async (t) => {
    const { clients } = server.realm('mailup', 'clients');
    const [first] = clients.values();
    for (let i = clients.size; i < limits.clients; i += 1) clients.set(`c${i}`, { ...first!, id: `c${i}` });
    t.match((await call('POST /providers/mailup/clients', { id: 'one too many' })).body, {
      status: 409,
      title: 'Too many clients',
    });
    t.equal(
      (await call(`PUT /providers/mailup/clients/${demo.id}`, {})).status,
      200,
      'an existing client can be replaced at the limit',
    );
  });
});

void t.test('users', async (t) => {
  const call = await freshWorld('users');
  const path = `${at}/users`;

  void t.test('are added, read, listed, changed, replaced and deleted', async (t) => {
    t.strictSame((await call(`GET ${path}/${demo.username}`)).body, ada);
    const eve = {
      id: 'eve',
      username: 'eve@example.test',
      password: 'pw-of-eve',
      name: 'Eve',
      suspended: true,
      profile: { email: 'e@x', __proto__: null },
    };
    const made = await call(`POST ${path}`, eve);
    t.equal(made.status, 201);
    t.strictSame((await call(`GET ${path}/eve@example.test`)).body, made.body, 'by id or by username');
    t.match((await call(`GET ${path}?limit=1&offset=2`)).body, { users: [{ id: 'eve' }], total: 3 });
    t.match((await call(`PATCH ${path}/eve`, { suspended: false })).body, {
      ...eve,
      suspended: false,
      profile: { email: 'e@x' },
    });
    t.strictSame((await call(`PUT ${path}/eve`, {})).body, {
      id: 'eve',
      username: 'eve',
      password: 'understudy',
      name: 'eve',
      suspended: false,
      profile: {},
    });
    t.equal((await call(`PUT ${path}/mallory`, { id: 'mallory' })).status, 201);
    t.match((await call(`POST ${path}`, { username: 'only@example.test' })).body, {
      id: 'only@example.test',
      name: 'only@example.test',
    });
    t.equal((await call(`DELETE ${path}/eve`)).status, 204);
    t.equal((await call(`GET ${path}/eve`)).status, 404);
  });

  void t.test('are refused with a list of all mistakes', async (t) => {
    t.match(await refused(t, call, `POST ${path}`, { id: demo.username }, 409), { title: 'User exists' });
    t.match(await refused(t, call, `POST ${path}`, { id: 'new', username: demo.username }, 409), {
      title: 'Username taken',
      detail: `is the username of the user "${demo.username}"`,
    });
    t.match(await refused(t, call, `PATCH ${path}/grace@example.test`, { username: demo.username }, 409), {
      title: 'Username taken',
    });
    await refusedFor(t, call, `POST ${path}`, {}, { username: 'is required unless id is given' });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { id: '', pasword: 'x', suspended: 1, profile: [] },
      {
        id: 'needs at least 1 character',
        pasword: 'did you mean "password"?',
        suspended: 'expected a boolean',
        profile: 'expected an object, got an array',
      },
    );
    await refusedFor(t, call, `PUT ${path}/one`, { id: 'two' }, { id: 'differs' });
    for (const line of ['GET', 'PATCH', 'DELETE']) {
      t.match(await refused(t, call, `${line} ${path}/nobody`, line === 'PATCH' ? {} : undefined, 404), {
        title: 'Unknown user',
        known: [demo.username],
      });
    }
    const { users } = server.realm('mailup', 'users');
    const [first] = users.values();
    for (let i = users.size; i < limits.users; i += 1) {
      users.set(`u${i}`, { ...first!, id: `u${i}`, username: `u${i}` });
    }
    t.match((await call('POST /providers/mailup/users', { id: 'one too many' })).body, {
      status: 409,
      title: 'Too many users',
    });
  });

  void t.test(
    'may have profile members named __proto__ and constructor, without an effect on other objects',
    async (t) => {
      const { status, body } = await call<{ profile: object }>(
        `PUT ${path}/proto`,
        '{"profile":{"__proto__":{"suspended":true},"constructor":1}}',
      );
      t.equal(status, 201);
      t.strictSame(Object.keys(body.profile), ['__proto__', 'constructor']);
      t.equal(({} as { suspended?: boolean }).suspended, undefined);
    },
  );
});

void t.test('tokens', async (t) => {
  const call = await freshWorld('tokens');
  const path = `${at}/tokens`;

  void t.test('are minted in a pair, without a browser, and are accepted by the API', async (t) => {
    const { status, body } = await call<Token & { scopes: string[] }>(`POST ${path}`, { ...pair, expiresIn: '15m' });
    t.equal(status, 201);
    const typeAt = async (provider: string): Promise<unknown> =>
      (await call<{ tokenType: unknown }>(`POST /providers/${provider}/tokens`, pair)).body.tokenType;
    t.same(
      [await typeAt('mailup'), await typeAt('tinyemail')],
      [null, 'bearer'],
      'token_type as the token endpoint answers it',
    );
    t.match(body, {
      tokenType: 'Bearer',
      expiresAt: '2026-01-01T00:15:00.000Z',
      expiresIn: 900,
      clientId: demo.id,
      userId: demo.username,
    });
    const { apiUrl } = (await admin<WorldInfo>('GET /worlds/tokens')).body.providers.dottedsign;
    t.equal(
      (await fetch(`${apiUrl}/members/me`, { headers: { authorization: `Bearer ${body.accessToken}` } })).status,
      200,
    );

    const access = (await call<Record<string, unknown>>(`GET ${path}/${body.accessToken}`)).body;
    t.match(access, {
      kind: 'access',
      token: body.accessToken,
      status: 'live',
      partner: body.refreshToken,
      issuedAt: frozen.now,
      firstUsedAt: frozen.now,
      scopes: body.scopes,
    });
    t.match((await call(`GET ${path}/${String(body.refreshToken)}`)).body, {
      kind: 'refresh',
      partner: body.accessToken,
      grantId: access.grantId,
      status: 'live',
    });
  });

  void t.test(
    'have no user if none is named, do not expire if expiresIn is never, and have the requested scopes',
    async (t) => {
      await call(`PATCH ${at}/policy`, { grants: ['authorization_code', 'refresh_token', 'client_credentials'] });
      const own = (await call<Token>(`POST ${path}`, { clientId: demo.id, expiresIn: 'never' })).body;
      t.match(own, { refreshToken: null, userId: null, expiresAt: null, expiresIn: null });
      t.match((await call(`GET ${path}/${own.accessToken}`)).body, {
        partner: null,
        userId: null,
        expiresAt: null,
        status: 'live',
      });
      const scope = Object.keys(findProvider('dottedsign')!.scopes)[0]!;
      t.match((await call(`POST ${path}`, { ...pair, userId: 'grace@example.test', scopes: [scope] })).body, {
        scopes: [scope],
        userId: 'grace@example.test',
      });
      t.match((await call(`GET ${path}?userId=grace@example.test&kind=access`)).body, { total: 1 });
      t.match((await call(`GET ${path}?clientId=${demo.id}&limit=1`)).body, { tokens: [{}], total: 5 });
    },
  );

  void t.test('are always new ones, even if the provider answers an existing live token again', async (t) => {
    await call('PATCH /providers/tinyemail/policy', { accessTokenReused: true });
    const first = (await call<Token>('POST /providers/tinyemail/tokens', pair)).body;
    const again = (await call<Token>('POST /providers/tinyemail/tokens', { ...pair, expiresIn: 5 })).body;
    t.not(again.accessToken, first.accessToken);
    t.equal(again.expiresIn, 5);
  });

  void t.test('are expired or revoked, all or those that match', async (t) => {
    await call('POST /reset');
    const mint = async (userId: string): Promise<Token> =>
      (await call<Token>(`POST ${path}`, { ...pair, userId })).body;
    const [first, second] = [await mint(demo.username), await mint('grace@example.test')];
    t.strictSame((await call(`POST ${path}/expire`, { token: first.accessToken })).body, { expired: 1 });
    t.strictSame(
      (await call(`POST ${path}/expire`, { token: first.accessToken })).body,
      { expired: 0 },
      'an expired token is not counted again',
    );
    t.strictSame((await call(`POST ${path}/expire`, { userId: demo.username, kind: 'refresh' })).body, { expired: 1 });
    t.match((await call(`GET ${path}/${first.accessToken}`)).body, { status: 'expired', expiresAt: frozen.now });
    t.match((await call(`GET ${path}?status=expired&kind=access`)).body, {
      tokens: [{ token: first.accessToken }],
      total: 1,
    });
    t.match((await call(`GET ${path}?status=live`)).body, { total: 2 });
    t.strictSame(
      (await call(`POST ${path}/revoke`, { clientId: demo.id, kind: 'access', userId: 'grace@example.test' })).body,
      { revoked: 1 },
    );
    t.match((await call(`GET ${path}/${second.accessToken}`)).body, {
      status: 'revoked',
      revokedAt: frozen.now,
      because: 'the admin API revoked it',
    });
    t.equal((await call(`DELETE ${path}/${String(second.refreshToken)}`)).status, 204);
    t.strictSame((await call(`POST ${path}/revoke`, {})).body, { revoked: 2 });
    t.match((await call(`GET ${path}?token=${first.accessToken}`)).body, { total: 1 });
    t.match((await call(`GET ${path}?token=nothing`)).body, { tokens: [], total: 0 });
    t.strictSame((await call(`POST ${path}/expire`, { token: 'nothing' })).body, { expired: 0 });
    for (const line of [`POST ${path}/expire`, `POST ${path}/revoke`, `POST ${at}/codes/expire`]) {
      await refusedFor(
        t,
        call,
        line,
        { userId: 'ada@example.tset' },
        { userId: 'there is no user "ada@example.tset"; did you mean "ada@example.test"?' },
      );
      await refusedFor(
        t,
        call,
        line,
        { clientId: 'understudy-clinet' },
        { clientId: 'did you mean "understudy-client"?' },
      );
    }
    await call(`PUT ${at}/clients/leaving`, { secret: 's' });
    await call(`POST ${path}`, { clientId: 'leaving', userId: demo.username });
    await call(`DELETE ${at}/clients/leaving`);
    t.strictSame(
      (await call(`POST ${path}/revoke`, { clientId: 'leaving', kind: 'access' })).body,
      { revoked: 1 },
      'tokens of a deleted client are still found',
    );
  });

  void t.test('name the token that replaced them', async (t) => {
    await call('POST /reset');
    await call(`PATCH ${at}/policy`, { refreshRotation: 'rotate' });
    const { refreshToken } = (await call<Token>(`POST ${path}`, pair)).body;
    const { tokenUrl } = (await admin<WorldInfo>('GET /worlds/tokens')).body.providers.dottedsign;
    const refresh = (): Promise<Response> =>
      fetch(tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: String(refreshToken),
          client_id: demo.id,
          client_secret: demo.secret,
        }),
      });
    const answer = (await (await refresh()).json()) as { refresh_token: string };
    t.match((await call(`GET ${path}/${String(refreshToken)}`)).body, {
      status: 'replaced',
      replacedBy: answer.refresh_token,
    });
    await refresh();
    const [entry] = (
      await call<{ entries: { facts: object; explanation: string }[] }>('GET /journal?limit=1&order=newest')
    ).body.entries;
    const { replacedBy, ...facts } = entry?.facts as Record<string, unknown>;
    t.match(facts, { replacedAtEntry: 1, newTokenUsedAt: null });
    t.match(replacedBy, /^fp:/, 'the journal shows no token');
    t.ok(
      entry?.explanation.endsWith(
        `(entry 1) by a new one (${String(replacedBy)}), which was never used: perhaps the client never got it`,
      ),
    );
  });

  void t.test('are refused with a list of all mistakes', async (t) => {
    await refusedFor(t, call, `POST ${path}`, {}, { clientId: 'is required' });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { clientId: 'understudy-clinet', userId: 'x' },
      { clientId: 'there is no client "understudy-clinet"; did you mean "understudy-client"?' },
    );
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { clientId: demo.id, userId: 'ada@example.tst' },
      { userId: 'did you mean "ada@example.test"?' },
    );
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ...pair, scopes: ['everything'] },
      { 'scopes.0': '"everything" is not allowed for this client' },
    );
    await call(`PUT ${at}/clients/narrow`, { scopes: [] });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { clientId: 'narrow', userId: demo.username, scopes: ['everything'] },
      { 'scopes.0': 'allowed: none' },
    );
    const empty = await freshWorld('empty', { scenario: {} });
    await empty(`GET ${path}`);
    await refusedFor(t, empty, `POST ${path}`, pair, {
      clientId: 'there is no client "understudy-client"; known: none',
    });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ...pair, expiresIn: '5 parsecs' },
      { expiresIn: 'a duration such as 15m, or a number of seconds' },
    );
    await refusedFor(t, call, `POST ${path}`, { ...pair, expiresIn: -1 }, { expiresIn: 'must be >= 0' });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ...pair, expiresIn: '99999999d' },
      { expiresIn: 'is longer than 36500 days; write never for no limit' },
    );
    await refusedFor(t, call, `POST ${path}/expire`, { kind: 'refreshed' }, { kind: 'did you mean "refresh"?' });
    for (const line of ['GET', 'DELETE']) {
      t.match(await refused(t, call, `${line} ${path}/s3cr3t-s3cr3t`, undefined, 404), {
        title: 'Unknown token',
        detail: 'This realm does not have this token.',
      });
    }
  });
});

void t.test('codes', async (t) => {
  const call = await freshWorld('codes');
  const path = `${at}/codes`;
  const { tokenUrl } = (await admin<WorldInfo>('GET /worlds/codes')).body.providers.dottedsign;
  const exchange = (code: string): Promise<Response> =>
    fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: demo.redirectUri,
        client_id: demo.id,
        client_secret: demo.secret,
      }),
    });

  void t.test('are created without a browser, listed, spent and expired', async (t) => {
    const { status, body } = await call<{ code: string }>(`POST ${path}`, {
      ...pair,
      redirectUri: demo.redirectUri,
      expiresIn: '5s',
    });
    t.equal(status, 201);
    t.match(body, {
      status: 'live',
      redirectUri: demo.redirectUri,
      issuedAt: frozen.now,
      expiresAt: '2026-01-01T00:00:05.000Z',
      userId: demo.username,
    });
    t.equal((await exchange(body.code)).status, 200);
    t.match((await call(`GET ${path}?code=${body.code}`)).body, {
      codes: [{ status: 'spent', spentAt: frozen.now }],
      total: 1,
    });
    t.match((await call(`GET ${path}?status=spent`)).body, { total: 1 });
    t.match((await call(`GET ${path}?status=live`)).body, { total: 0 });

    const second = (await call<{ code: string }>(`POST ${path}`, pair)).body.code;
    await call(`POST ${path}`, { ...pair, userId: 'grace@example.test' });
    t.strictSame((await call(`POST ${path}/expire`, { userId: demo.username })).body, { expired: 1 });
    t.match((await call(`GET ${path}?userId=${demo.username}&clientId=${demo.id}&offset=1`)).body, {
      codes: [{ code: second, status: 'expired' }],
      total: 2,
    });
    t.strictSame((await call(`POST ${path}/expire`, {})).body, { expired: 1 });
    t.match((await call(`GET ${path}?code=nothing`)).body, { total: 0 });
    t.match((await call(`GET ${path}?userId=nobody`)).body, { total: 0 });
  });

  void t.test('are revoked with their grant', async (t) => {
    const { code } = (await call<{ code: string }>(`POST ${path}`, pair)).body;
    server.realm('dottedsign', 'codes').codes.get(code)!.grant.revokedAt = 0;
    t.match((await call(`GET ${path}?code=${code}`)).body, { codes: [{ status: 'revoked' }] });
  });

  void t.test('are bound to a code_challenge if the policy supports PKCE', async (t) => {
    await call(`PATCH ${at}/policy`, { pkce: 'required', pkceMethods: ['S256'] });
    const challenge = 'x'.repeat(43);
    t.equal(
      (await call(`POST ${path}`, { ...pair, codeChallenge: challenge, codeChallengeMethod: 'S256' })).status,
      201,
    );
    await refusedFor(t, call, `POST ${path}`, pair, { codeChallenge: 'this realm requires PKCE' });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ...pair, codeChallenge: 'short', codeChallengeMethod: 'S256' },
      { codeChallenge: 'code_challenge has 5 characters' },
    );
    const { codes, policy } = server.realm('dottedsign', 'codes');
    server.policy('dottedsign', { pkceMethods: undefined as never }, 'codes');
    t.equal(
      (await call(`POST ${path}`, { ...pair, codeChallenge: challenge })).status,
      500,
      'an error of Understudy is a 500, not a mistake of the caller',
    );
    server.policy('dottedsign', policy, 'codes');
    t.ok(codes.size > 0);
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ...pair, codeChallenge: challenge },
      { codeChallengeMethod: 'code_challenge_method was "plain"; supported: "S256"' },
    );
    await call(`PATCH ${at}/policy`, { pkce: 'optional' });
  });

  void t.test('are refused with a list of all mistakes', async (t) => {
    await call(`POST ${at}/clients`, { id: 'no-redirect-uri' });
    await refusedFor(t, call, `POST ${path}`, {}, { clientId: 'is required', userId: 'is required' });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ...pair, clientId: 'no-redirect-uri' },
      { redirectUri: 'is required: the client has no registered redirect URI' },
    );
    await refusedFor(t, call, `POST ${path}`, { ...pair, redirectUri: '/relative' }, { redirectUri: '"/relative"' });
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ...pair, expiresIn: 'never' },
      { expiresIn: 'an authorization code must expire' },
    );
    await refusedFor(
      t,
      call,
      `POST ${path}`,
      { ...pair, scopes: ['everything'] },
      { 'scopes.0': 'is not allowed for this client' },
    );
  });
});

void t.test('waiting pages', async (t) => {
  const call = await freshWorld('pages');
  const path = `${at}/authorizations`;
  const { authorizeUrl } = (await admin<WorldInfo>('GET /worlds/pages')).body.providers.dottedsign;
  const begin = async (state: string): Promise<{ browser: Browser; url: URL; id: string }> => {
    const browser = new Browser();
    const page = await browser.open(
      `${authorizeUrl}?${new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri, state }).toString()}`,
    );
    return { browser, url: page.url, id: String(page.url.searchParams.get('authorization')) };
  };

  void t.test('are listed and approved, and the browser is redirected', async (t) => {
    const { browser, url, id } = await begin('s1');
    t.match((await call(`GET ${path}?status=waiting`)).body, {
      authorizations: [
        { id, status: 'waiting', clientId: demo.id, state: 's1', createdAt: frozen.now, redirectUri: demo.redirectUri },
      ],
      total: 1,
    });
    const { status, body } = await call<{ redirectTo: string }>(`POST ${path}/${id}/approve`, { user: demo.username });
    t.equal(status, 200);
    t.match(body.redirectTo, new RegExp(`^${demo.redirectUri}\\?code=[^&]+&state=s1$`));
    t.equal((await browser.open(url)).url.href, body.redirectTo);
    t.match((await call(`GET ${path}?status=answered`)).body, { total: 1 });
    t.match(await refused(t, call, `POST ${path}/${id}/deny`, {}, 409), { title: 'Already answered' });
  });

  void t.test('are approved for fewer scopes than were requested', async (t) => {
    const { id } = await begin('s2');
    const { scopes } = (
      await call<{ authorizations: { id: string; scopes: string[] }[] }>(`GET ${path}`)
    ).body.authorizations.find((each) => each.id === id)!;
    await refusedFor(
      t,
      call,
      `POST ${path}/${id}/approve`,
      { user: demo.username, scopes: ['everything'] },
      { 'scopes.0': `was not requested; requested: ${scopes.join(', ')}` },
    );
    await refusedFor(
      t,
      call,
      `POST ${path}/${id}/approve`,
      { user: 'ada@example.tset' },
      { user: 'did you mean "ada@example.test"?' },
    );
    await refusedFor(t, call, `POST ${path}/${id}/approve`, {}, { user: 'is required' });
    t.match((await call(`POST ${path}/${id}/approve`, { user: demo.username, scopes: scopes.slice(0, 1) })).body, {
      redirectTo: 'code=',
    });
    t.match((await call<{ codes: object[] }>(`GET ${at}/codes`)).body.codes.at(-1), { scopes: scopes.slice(0, 1) });
  });

  void t.test('are denied for the named user, or for the first user if none is named', async (t) => {
    const [first, second] = [await begin('s3'), await begin('s4')];
    t.match(
      (await call<{ redirectTo: string }>(`POST ${path}/${first.id}/deny`, { user: 'grace@example.test' })).body
        .redirectTo,
      /error=access_denied.*state=s3/,
    );
    t.match(
      (await call<{ redirectTo: string }>(`POST ${path}/${second.id}/deny`)).body.redirectTo,
      /error=access_denied.*state=s4/,
    );
    const third = await begin('s5');
    await refusedFor(
      t,
      call,
      `POST ${path}/${third.id}/deny`,
      { user: 'nobody' },
      { user: 'there is no user "nobody"' },
    );
    for (const user of [demo.username, 'grace@example.test']) await call(`DELETE ${at}/users/${user}`);
    t.match(await refused(t, call, `POST ${path}/${third.id}/deny`, {}, 409), { title: 'No users' });
    await call(`POST ${at}/users`, ada);
  });

  void t.test('expire by the virtual clock', async (t) => {
    const { id } = await begin('s6');
    await call('POST /clock/advance', { by: '1h' });
    t.match(await refused(t, call, `POST ${path}/${id}/approve`, { user: demo.username }, 409), { title: 'Expired' });
    t.ok((await call<Listed>(`GET ${path}?status=expired`)).body.total >= 1);
    t.match(await refused(t, call, `POST ${path}/nothing/approve`, { user: demo.username }, 404), {
      title: 'Unknown authorization',
    });
    t.match((await call<Problem>(`GET ${path}?status=wating`)).body.errors, [
      { path: 'status', message: 'expected one of waiting, answered, expired, got "wating"; did you mean "waiting"?' },
    ]);
  });

  void t.test('have a state of null if the request had none', async (t) => {
    await new Browser().open(
      `${authorizeUrl}?${new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri }).toString()}`,
    );
    t.match((await call<{ authorizations: object[] }>(`GET ${path}`)).body.authorizations.at(-1), { state: null });
  });
});

void t.test('deletion', async (t) => {
  const call = await freshWorld('deleted');
  const urls = (await admin<WorldInfo>('GET /worlds/deleted')).body.providers;
  const entry = (): unknown => server.lastEntry('deleted');
  const post = async (url: string, fields: Record<string, string>): Promise<number> =>
    (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).status;
  const me = (token: string): Promise<Response> =>
    fetch(`${urls.dottedsign.apiUrl}/members/me`, { headers: { authorization: `Bearer ${token}` } });

  void t.test('of a client: its pages are refused, its codes and tokens are revoked', async (t) => {
    const secret = { client_id: demo.id, client_secret: demo.secret };
    const authorizeUrl = `${urls.dottedsign.authorizeUrl}?${new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri }).toString()}`;
    const [atLogin, atConsent] = [new Browser(), new Browser()];
    const login = await atLogin.open(authorizeUrl);
    const consent = await atConsent.press(await atConsent.open(authorizeUrl), 'Log in', {
      username: demo.username,
      password: demo.password,
    });
    const { code } = (await call<{ code: string }>('POST /providers/mailup/codes', pair)).body;
    const tokens = (await call<Token>(`POST ${at}/tokens`, pair)).body;
    t.equal((await me(tokens.accessToken)).status, 200);

    for (const provider of ['mailup', 'dottedsign']) {
      t.equal((await call(`DELETE /providers/${provider}/clients/${demo.id}`)).status, 204);
    }
    for (const page of [
      await atLogin.press(login, 'Log in', { username: demo.username, password: demo.password }),
      await atConsent.press(consent, 'Allow'),
      await atConsent.open(consent.url),
    ]) {
      t.match(page.text, 'This request was refused');
      t.match(entry(), { reason: 'authorize.client-unknown' });
    }
    t.match(
      await refused(
        t,
        call,
        `POST ${at}/authorizations/${consent.url.searchParams.get('authorization')!}/approve`,
        { user: demo.username },
        409,
      ),
      { title: 'Client was deleted' },
    );
    t.equal(await post(urls.mailup.tokenUrl, { grant_type: 'authorization_code', code }), 400);
    t.match(entry(), {
      reason: 'code.revoked',
      explanation: 'the code was revoked at 2026-01-01T00:00:00.000Z (its client was deleted)',
    });
    t.equal((await me(tokens.accessToken)).status, 401);
    t.match(entry(), { reason: 'bearer.revoked', explanation: '(its client was deleted)' });
    await call(`PUT ${at}/clients/${demo.id}`, { secret: demo.secret });
    t.equal(
      await post(urls.dottedsign.tokenUrl, {
        ...secret,
        grant_type: 'refresh_token',
        refresh_token: String(tokens.refreshToken),
      }),
      400,
    );
    t.match(
      entry(),
      { reason: 'refresh.revoked', explanation: '(its client was deleted)' },
      'a new client with the same id does not inherit the tokens',
    );
  });

  void t.test('of a user: their tokens are revoked, and tokens of other users keep their user', async (t) => {
    await call('POST /reset');
    const secret = { client_id: demo.id, client_secret: demo.secret };
    const grace = 'grace@example.test';
    const [first, second] = [
      (await call<Token>(`POST ${at}/tokens`, pair)).body,
      (await call<Token>(`POST ${at}/tokens`, { ...pair, userId: grace })).body,
    ];
    const whoIs = async (token: string): Promise<{ id: number; email: string }> =>
      ((await (await me(token)).json()) as { data: { id: number; email: string } }).data;
    const [one, other] = [await whoIs(first.accessToken), await whoIs(second.accessToken)];
    t.same([one.email, other.email], [demo.username, grace]);
    t.not(one.id, other.id);
    t.same(
      [await whoIs(first.accessToken), Number.isInteger(one.id)],
      [one, true],
      'the API answers the same user for the same token',
    );

    t.equal((await call(`DELETE ${at}/users/${demo.username}`)).status, 204);
    t.equal((await me(first.accessToken)).status, 401);
    t.match(entry(), { reason: 'bearer.revoked', explanation: '(its user was deleted)' });
    t.equal(
      await post(urls.dottedsign.tokenUrl, {
        ...secret,
        grant_type: 'refresh_token',
        refresh_token: String(first.refreshToken),
      }),
      400,
    );
    t.match(entry(), { reason: 'refresh.revoked' });
    t.same(await whoIs(second.accessToken), other);
    const own = (await call<Token>(`POST ${at}/tokens`, { clientId: demo.id })).body;
    t.equal((await whoIs(own.accessToken)).email, grace, "a client's own token acts for the first user");
  });
});

void t.test('an inconsistent snapshot is refused', async (t) => {
  const call = await freshWorld('snapshots', { seed: 9 });
  await call(`POST ${at}/tokens`, pair);
  const good = (
    await call<Record<string, unknown> & { realms: Record<string, object>; scenario: object }>('GET /snapshot')
  ).body;
  t.equal((await call('PUT /snapshot', good)).status, 200);
  await refusedFor(
    t,
    call,
    'PUT /snapshot',
    {},
    {
      version: 'is required',
      scenario: 'is required',
      clock: 'is required',
      drawn: 'is required',
      realms: 'is required',
    },
  );
  await refusedFor(
    t,
    call,
    'PUT /snapshot',
    { ...good, version: 2, scenario: { extends: 'default' }, reals: {} },
    { version: 'expected 1, got 2', reals: 'did you mean "realms"?' },
  );
  const realm = good.realms.dottedsign as { policy: object; users: object[]; accessTokens: object[]; grants: object[] };
  const absurd = {
    ...realm,
    accessTokens: realm.accessTokens.map((token) => ({ ...token, expiresAt: 1e308 })),
    grants: realm.grants.map((grant) => ({ ...grant, createdAt: -1e308 })),
  };
  await refusedFor(
    t,
    call,
    'PUT /snapshot',
    { ...good, realms: { dottedsign: absurd } },
    {
      'realms.dottedsign.accessTokens.0.expiresAt': 'must be <= 8640000000000000',
      'realms.dottedsign.grants.0.createdAt': 'must be >= -8640000000000000',
    },
  );
  await refusedFor(
    t,
    call,
    'PUT /snapshot',
    {
      ...good,
      scenario: { ...good.scenario, extends: 'default', providers: { mailop: {} } },
      realms: {
        dottedsign: {
          ...realm,
          grants: [],
          users: [...realm.users, realm.users[0]],
          policy: { ...realm.policy, interaction: { mode: 'auto', user: 'nobody' } },
        },
        nowhere: realm,
      },
    },
    {
      'scenario.extends': 'the scenario of a snapshot is already merged',
      'scenario.providers.mailop': 'is not a provider',
      'realms.nowhere': 'is not a provider; known: mailup, tinyemail, dottedsign, standard',
      'realms.dottedsign.accessTokens.0.grantId': 'there is no grant',
      'realms.dottedsign.refreshTokens.0.grantId': 'there is no grant',
      'realms.dottedsign.users.2.id': 'is already the id of another user',
      'realms.dottedsign.users.2.username': 'is already the username of another user',
      'realms.dottedsign.policy.interaction': 'names the user "nobody"',
    },
  );
});

void t.test(
  'a body longer than the limit is refused before it has arrived, and the next call is answered',
  async (t) => {
    const answer = await rawRequest(
      server.url,
      'POST /__admin/worlds',
      ['Content-Type: application/json', `Content-Length: ${10 * 1024 * 1024}`],
      '{"id":"',
    );
    t.equal(answer.status, 413);
    t.match(JSON.parse(answer.body), { status: 413, title: 'Body too large' });
    t.equal((await admin('GET /health')).status, 200);
  },
);

void t.test('an internal error is answered with 500 and says that Understudy failed', async (t) => {
  const broken = await startServer();
  t.teardown(() => broken.close());
  const list = broken.worlds.list.bind(broken.worlds);
  broken.worlds.list = () => {
    throw new Error('no list today');
  };
  t.match(await adminOf(broken.url)('GET /worlds'), {
    status: 500,
    body: { title: 'Internal error in Understudy', detail: 'no list today' },
  });
  // the close asks for it
  broken.worlds.list = list;
});
