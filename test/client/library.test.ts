import { createServer } from 'node:http';
import { once } from 'node:events';
import t from 'tap';
import {
  AuthorizeError,
  ExpectationError,
  UnderstudyError,
  authorize,
  connect,
  start,
} from '../../src/client/index.js';
import { providers } from '../../src/providers/index.js';
import { demo } from '../support.js';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { ProviderName, StartOptions, Understudy, World } from '../../src/client/index.js';

const client = { clientId: demo.id };
const ada = 'ada@example.test';
const grace = 'grace@example.test';
const frozen = { now: '2026-01-01T00:00:00Z', frozen: true } as const;
const info = '/ConsoleService.svc/Console/Authentication/Info';

const server = await start();
t.teardown(() => server.close());

/** A world that is dropped after the test. */
async function fresh(t: Test, options: Parameters<Understudy['newWorld']>[0] = {}): Promise<World> {
  const world = await server.newWorld({ seed: 1, clock: frozen, ...options });
  t.teardown(() => world.drop().catch(() => undefined));
  return world;
}

async function authorizeUrl(
  world: World,
  provider: ProviderName,
  parameters: Record<string, string> = {},
): Promise<string> {
  const { authorizeUrl: url } = (await world.info()).providers[provider];
  return `${url}?${new URLSearchParams({ client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri, ...parameters }).toString()}`;
}

async function exchange(world: World, provider: ProviderName, parameters: Record<string, string>): Promise<Response> {
  const { tokenUrl } = (await world.info()).providers[provider];
  return fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: demo.id,
      client_secret: demo.secret,
      redirect_uri: demo.redirectUri,
      ...parameters,
    }),
  });
}

async function callApi(world: World, accessToken: string): Promise<number> {
  const { apiUrl } = (await world.info()).providers.mailup;
  return (await fetch(apiUrl + info, { headers: { authorization: `Bearer ${accessToken}` } })).status;
}

/** The error that a refused call throws. */
async function refusal(call: Promise<unknown>): Promise<UnderstudyError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UnderstudyError)) throw new Error(`expected an UnderstudyError, got ${String(error)}`);
  return error;
}

t.test('start: a server on a free port of the loopback interface, and its health, scenarios and version', async (t) => {
  t.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  t.match(await server.health(), { status: 'ok', version: /^\d/, worlds: Number });
  const names = (await server.scenarios()).map(({ name }) => name);
  t.ok(names.includes('default') && names.includes('expired-code'));
  t.equal((await server.scenario('expired-code')).providers?.mailup?.policy?.code, '0s');
  t.match(
    (await server.scenario('expired-code')).providers?.mailup?.clients,
    [{ id: demo.id }],
    'the scenario that it extends is merged into it',
  );
  t.match(await refusal(server.scenario('expired-cod')), {
    status: 404,
    message:
      'GET /scenarios/expired-cod answered 404: there is no scenario "expired-cod"; did you mean "expired-code"?',
  });
});

t.test('start: valid and invalid options', async (t) => {
  const own = await start({
    scenario: 'consent-denied',
    adminToken: 'let-me-in',
    baseUrl: 'http://understudy.example.test:1234',
    host: '127.0.0.1',
    port: 0,
  });
  t.teardown(() => own.close());
  t.match(await own.world().info(), { scenario: 'consent-denied', baseUrl: 'http://understudy.example.test:1234' });
  t.match(await refusal(connect(own.url).world().info()), { status: 401 });

  await t.rejects(start({ scenario: 'expired-cod' }), {
    message: 'there is no scenario "expired-cod"; did you mean "expired-code"?',
  });
  for (const adminToken of ['', 'let me in']) {
    await t.rejects(start({ adminToken }), {
      message:
        'the admin token must consist of visible ASCII characters without spaces, because it is sent as a bearer token',
    });
  }
  const taken = Number(new URL(own.url).port);
  await t.rejects(start({ port: taken }), {
    message: `port ${taken} is in use on 127.0.0.1; choose another, or 0 for a free port`,
  });
  await t.rejects(start({ baseUrl: 'localhost' }), {
    message: 'baseUrl is "localhost"; expected a URL such as http://understudy:8080',
  });
  await t.rejects(start({ logLevel: 'loud' } as never), { message: /^logLevel is "loud"; expected one of/ });
  await t.rejects(start({ fixture: '.' } as never), {
    message: /^there is no option "fixture"; did you mean "fixtures"\?$/,
  });
  await t.rejects(start({ prot: 1 } as never), {
    message: /^there is no option "prot"; did you mean "port"\?$/,
  });
  await t.rejects(start({ readyFile: 'x' } as never), {
    message: /^there is no option "readyFile"; known: port, host, fixtures/,
  });
  await t.rejects(connect('http://127.0.0.1:1').health(), {
    message: /^GET http:\/\/127\.0\.0\.1:1\/__admin\/health did not answer: fetch failed: (?:bad port|.*ECONNREFUSED)/,
    cause: Error,
  });
  await t.rejects(start({ port: {} } as never), { message: /^port is "\{\}"; expected a whole number/ });
  // Callers in JavaScript can pass values of the wrong type.
  const fromJavaScript = { port: undefined, host: undefined } as unknown as StartOptions;
  await (await start(fromJavaScript)).close();
});

t.test('connect: the same methods against a running server, with its admin token', async (t) => {
  const guarded = await start({ adminToken: 'let-me-in' });
  t.teardown(() => guarded.close());
  const connected = connect(`${guarded.url}/`, { token: 'let-me-in' });
  t.equal(connected.url, guarded.url);
  const world = await connected.newWorld();
  t.match(await world.clock.get(), { frozen: false });
  await world.drop();

  for (const unauthorized of [connect(guarded.url), connect(guarded.url, { token: 'let-me-out' })]) {
    t.match(await refusal(unauthorized.worlds()), {
      status: 401,
      message: /^GET \/worlds\?limit=10000 answered 401: .*admin token/,
    });
    t.match(await refusal(unauthorized.world().reset()), { status: 401 });
    t.match(await unauthorized.health(), { status: 'ok' }, 'health needs no token');
  }

  await connected.close();
  t.match(await connected.health(), { status: 'ok' }, 'close() of a connection does not stop the server');
});

t.test('an answer that is not from Understudy is shown in the error', async (t) => {
  const other = createServer((request, response) => {
    if (request.url?.endsWith('/health')) {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    } else if (request.url?.endsWith('/reset')) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{}');
    } else if (request.url?.endsWith('/scenarios')) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('null');
    } else response.writeHead(500).end();
  });
  await once(other.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => other.close());
  const connected = connect(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
  t.match(await refusal(connected.health()), {
    status: 502,
    message: 'GET /health answered 502: <h1>Bad gateway</h1>',
    errors: [],
  });
  t.match(await refusal(connected.scenarios()), { status: 400, message: 'GET /scenarios answered 400: null' });
  t.match(await refusal(connected.world().reset()), { status: 400, message: 'POST /reset answered 400: no detail' });
  t.match(await refusal(connected.worlds()), { status: 500, message: /answered 500: $/ });
});

t.test('await using: a world is dropped, the default world is reset, a server is closed', async (t) => {
  let id: string;
  {
    await using world = await server.newWorld();
    ({ id } = world);
    t.ok((await server.worlds()).some((each) => each.id === id));
  }
  t.notOk((await server.worlds()).some((each) => each.id === id));
  t.match(await refusal(server.world(id).info()), { status: 404 });

  let url: string;
  {
    await using own = await start();
    ({ url } = own);
    {
      await using world = own.world();
      await world.clock.freeze('2030-01-01T00:00:00Z');
    }
    t.match(await own.world().clock.get(), { frozen: false });
  }
  await t.rejects(connect(url).health(), { message: `GET ${url}/__admin/health did not answer: `, cause: TypeError });
});

t.test(
  'worlds: created with id, scenario, seed and clock, described, reset, given a new scenario, dropped',
  async (t) => {
    const world = await server.newWorld({
      id: 'of-the-library',
      scenario: 'consent-denied',
      seed: 'pumpkin',
      clock: frozen,
    });
    t.equal(world.baseUrl, `${server.url}/w/of-the-library`);
    const described = await world.info();
    t.match(described, {
      id: 'of-the-library',
      scenario: 'consent-denied',
      seed: 'pumpkin',
      adminUrl: `${world.baseUrl}/__admin`,
      clock: { now: '2026-01-01T00:00:00.000Z', frozen: true },
    });
    t.same(
      Object.keys(described.providers),
      providers.map(({ name }) => name),
    );
    t.same(described.providers.dottedsign, {
      baseUrl: `${world.baseUrl}/dottedsign`,
      authorizeUrl: `${world.baseUrl}/dottedsign/v1/oauth/authorize`,
      tokenUrl: `${world.baseUrl}/dottedsign/v1/oauth/token`,
      apiUrl: `${world.baseUrl}/dottedsign/v1`,
    });

    await world.clock.advance('1d');
    t.match(await world.reset(), { clock: { now: '2026-01-01T00:00:00.000Z' } });
    t.match(await world.play('happy-path'), { scenario: 'happy-path', seed: 'happy-path' });
    t.match(await world.play({ extends: 'default', clock: { rate: 60 } }), { scenario: null, clock: { rate: 60 } });
    t.equal(server.world('of-the-library').baseUrl, world.baseUrl, 'a world that exists is found by its id');

    t.match(await refusal(server.newWorld({ id: 'of-the-library' })), {
      status: 409,
      message: /^POST \/worlds answered 409: A world "of-the-library" already exists/,
    });
    t.match(await refusal(world.play('happy-pat')), { status: 404, message: /did you mean "happy-path"/ });
    await world.drop();
    t.match(await refusal(world.drop()), { status: 404 });
    t.match(await refusal(server.world().drop()), { status: 409 });
  },
);

t.test('a refused call throws one error with all mistakes and their paths', async (t) => {
  const scenario = {
    extends: 'default',
    clock: { now: 'tomorrow' },
    providers: { mailup: { policy: { acessToken: '15m', code: '5 parsecs' } } },
  };
  const error = await refusal(server.newWorld({ scenario: scenario as never }));
  t.equal(error.name, 'UnderstudyError');
  t.equal(error.status, 400);
  t.same(error.errors.map(({ path }) => path).sort(), [
    'scenario.clock.now',
    'scenario.providers.mailup.policy.acessToken',
    'scenario.providers.mailup.policy.code',
  ]);
  t.equal(
    error.message,
    ['POST /worlds answered 400: 3 mistakes', ...error.errors.map((each) => `${each.path} ${each.message}`)].join(
      '\n  ',
    ),
    'each mistake is said once',
  );
  t.match(error.message, /did you mean "accessToken"\?/);
  t.match(
    await refusal(server.world().clock.advance({ toJSON: () => [] } as never)),
    {
      errors: [{ path: '' }],
      message: 'POST /clock/advance answered 400: the body expected an object, got an array',
    },
    'a mistake of the whole body has an empty path, and a single mistake is said once',
  );
  t.match(error.problem, { title: String, status: 400, detail: String });
});

t.test('clock: read, set, frozen, advanced by a duration, to an instant, to the next expiry', async (t) => {
  const { clock, tokens } = await fresh(t);
  t.same(await clock.get(), {
    now: '2026-01-01T00:00:00.000Z',
    frozen: true,
    rate: 1,
    skewSeconds: 0,
    dateHeader: 'real',
  });
  t.match(await clock.set({ skewSeconds: 5, dateHeader: 'virtual' }), {
    skewSeconds: 5,
    dateHeader: 'virtual',
    frozen: true,
  });
  await clock.set({ skewSeconds: 0 });
  const { accessToken, grantId } = await tokens.mint({ provider: 'mailup', ...client, userId: ada });
  const [minted] = await tokens.list({ provider: 'mailup', grantId, kind: 'access' });
  t.match(await clock.advance('59m'), { now: '2026-01-01T00:59:00.000Z', expired: [], total: 0 });
  const death = {
    provider: 'mailup',
    kind: 'access',
    value: accessToken,
    fingerprint: minted!.fingerprint,
    clientId: demo.id,
    userId: ada,
    grantId,
    issuedAt: minted!.issuedAt,
    expiresAt: '2026-01-01T01:00:00.000Z',
  };
  const next = await clock.expiries();
  t.match(next, { now: '2026-01-01T00:59:00.000Z', expiries: [death] });
  t.equal(next.total, next.expiries.length);
  t.same(await clock.expiries({ limit: 1 }), { ...next, expiries: [death] });
  t.same((await clock.advance('next-expiry')).expired, [death]);
  t.match(await clock.advance({ to: '2026-11-21T12:00:00Z' }), { now: '2026-11-21T12:00:00.000Z' });
  t.match(await clock.set({ frozen: false }), { frozen: false });
  t.match(await clock.freeze(), { frozen: true });
  t.match(await clock.freeze('2027-01-01T00:00:00Z'), { frozen: true, now: '2027-01-01T00:00:00.000Z' });

  t.match(await refusal(clock.advance('5 parsecs')), {
    status: 400,
    errors: [{ path: 'by', message: /a duration: 90s/ }],
  });
  t.match(await refusal(clock.advance({ to: '2020-01-01T00:00:00Z' })), { errors: [{ path: 'to' }] });
  t.match(await refusal(clock.advance({ to: 'next-expiry' })), { status: 409 });
  t.match(await refusal(clock.set({ rate: -1 })), { errors: [{ path: 'rate' }] });
});

t.test('providers: described with all deviations, and their policy changed', async (t) => {
  const { providers } = await fresh(t);
  const listed = await providers.list();
  t.equal(listed.length, 4);
  t.match(
    listed.find(({ name }) => name === 'mailup'),
    { policy: { accessToken: '1h' } },
  );
  const { quirks, origin, policy } = await providers.describe('mailup');
  t.equal(origin, 'https://services.mailup.com');
  t.match(
    quirks.find(({ id }) => id === 'mailup.authorize.state'),
    { field: 'echoState', value: false, confidence: 'INFERRED' },
  );
  t.equal(policy.accessToken, '1h');
  t.match(await providers.policy({ provider: 'mailup', accessToken: '15m', pkce: 'required' }), {
    policy: { accessToken: '15m', pkce: 'required' },
  });
  const changed = await providers.describe('mailup');
  t.match(changed, {
    policy: { accessToken: '15m', pkce: 'required' },
    defaults: { accessToken: '1h', pkce: policy.pkce },
  });
  t.same(changed.defaults, policy);
  t.match(await refusal(providers.policy({ provider: 'mailup', interaction: { mode: 'auto', user: 'eve' } })), {
    errors: [{ path: 'interaction' }],
  });
  t.match(await refusal(providers.describe('malup')), {
    status: 404,
    problem: { known: ['mailup', 'tinyemail', 'dottedsign', 'standard'] },
  });
});

t.test('clients and users: listed, read, added, changed, removed', async (t) => {
  const { clients, users } = await fresh(t);
  const provider = 'tinyemail';
  t.match(await clients.list({ provider }), [{ id: demo.id }]);
  t.match(
    await clients.add({ provider, id: 'a/b c', secret: 's3cret', redirectUris: ['https://app.example.test/cb'] }),
    { id: 'a/b c', confidential: true },
  );
  t.match(await clients.update({ provider, id: 'a/b c', name: 'My app' }), { name: 'My app', secret: 's3cret' });
  t.match(await clients.get({ provider, id: 'a/b c' }), { name: 'My app' });
  await clients.remove({ provider, id: 'a/b c' });
  t.match(await refusal(clients.get({ provider, id: 'a/b c' })), { status: 404 });
  t.match(await refusal(clients.add({ provider, id: demo.id })), { status: 409 });
  t.match(
    await refusal(
      clients.add({ provider, id: 'x', redirectUris: ['/relative', 'https://app.example.test/#fragment'] }),
    ),
    { errors: [{ path: 'redirectUris.0' }, { path: 'redirectUris.1' }] },
  );

  t.match(await users.list({ provider }), [{ id: ada }, { id: grace }]);
  t.match(await users.add({ provider, username: 'eve@example.test' }), {
    id: 'eve@example.test',
    password: 'understudy',
  });
  t.match(await users.update({ provider, id: 'eve@example.test', suspended: true }), { suspended: true });
  t.match(await users.get({ provider, id: 'eve@example.test' }), { suspended: true });
  await users.remove({ provider, id: 'eve@example.test' });
  t.match(await refusal(users.remove({ provider, id: 'eve@example.test' })), { status: 404 });
  t.match(await refusal(users.add({ provider, username: ada })), { status: 409 });
});

t.test('a default.yaml of the user replaces the built-in one for scenarios of the user only', async (t) => {
  const folder = t.testdir({
    'default.yaml': 'description: nothing at all\n',
    'mine.yaml': 'extends: default\n',
    'theirs.yaml': 'extends: happy-path\n',
  });
  await using own = await start({ fixtures: folder });
  const clients = async (scenario: string): Promise<number> => {
    await own.world().play(scenario);
    return (await own.world().clients.list({ provider: 'mailup' })).length;
  };
  t.strictSame(
    [await clients('default'), await clients('mine'), await clients('happy-path'), await clients('theirs')],
    [0, 0, 1, 1],
  );
});

t.test(
  'tokens: a minted pair is always new, even at a provider that answers an existing live token again',
  async (t) => {
    const world = await fresh(t);
    const mint = { provider: 'tinyemail', ...client, userId: ada } as const;
    const first = await world.tokens.mint(mint);
    const second = await world.tokens.mint({ ...mint, expiresIn: '5s' });
    t.not(second.accessToken, first.accessToken);
    t.equal(
      (await world.tokens.get({ provider: 'tinyemail', token: first.accessToken })).expiresAt,
      first.expiresAt,
      'the first token keeps its expiry',
    );
  },
);

t.test('tokens: minted, listed, read, expired, revoked', async (t) => {
  const world = await fresh(t);
  const { tokens } = world;
  const provider = 'mailup';
  const minted = await tokens.mint({ provider, ...client, userId: ada, expiresIn: '15m' });
  t.match(minted, {
    tokenType: null,
    expiresIn: 900,
    expiresAt: '2026-01-01T00:15:00.000Z',
    clientId: demo.id,
    userId: ada,
  });
  t.equal(await callApi(world, minted.accessToken), 200);
  t.same(
    (await tokens.list({ provider, userId: ada })).map(({ kind }) => kind),
    ['access', 'refresh'],
  );
  t.match(await tokens.list({ provider, kind: 'refresh' }), [
    { token: minted.refreshToken, status: 'live', partner: minted.accessToken },
  ]);
  t.same(await tokens.list({ provider, userId: grace }), []);
  t.match(await tokens.get({ provider, token: minted.accessToken }), {
    kind: 'access',
    status: 'live',
    firstUsedAt: '2026-01-01T00:00:00.000Z',
  });

  t.equal(await tokens.expire({ provider, kind: 'access' }), 1);
  t.equal(await callApi(world, minted.accessToken), 401);
  t.equal(
    (await exchange(world, provider, { grant_type: 'refresh_token', refresh_token: String(minted.refreshToken) }))
      .status,
    200,
    'the refresh token is still live',
  );
  t.ok((await tokens.revoke({ provider, clientId: demo.id })) >= 2);
  t.same([...new Set((await tokens.list({ provider })).map(({ status }) => status))], ['revoked']);

  t.match(await refusal(tokens.mint({ provider, clientId: 'understudy-clint', userId: ada })), {
    errors: [{ path: 'clientId', message: /did you mean "understudy-client"/ }],
  });
  t.match(await refusal(tokens.get({ provider, token: 'nobody has it' })), { status: 404 });
  t.match(await refusal(tokens.revoke({ provider, kind: 'acess' as 'access' })), { errors: [{ path: 'kind' }] });
});

t.test('codes: created without a browser, listed, expired', async (t) => {
  const world = await fresh(t);
  const { codes } = world;
  const provider = 'dottedsign';
  const first = await codes.mint({ provider, ...client, userId: ada, redirectUri: demo.redirectUri, expiresIn: '30s' });
  t.match(first, { status: 'live', expiresAt: '2026-01-01T00:00:30.000Z' });
  t.equal((await exchange(world, provider, { grant_type: 'authorization_code', code: first.code })).status, 200);
  const second = await codes.mint({ provider, ...client, userId: grace });
  t.equal(await codes.expire({ provider, userId: grace }), 1);
  t.same(
    (await codes.list({ provider })).map(({ code, status }) => [code, status]),
    [
      [first.code, 'spent'],
      [second.code, 'expired'],
    ],
  );
  t.match(await refusal(codes.mint({ provider, ...client, userId: 'eve' })), { errors: [{ path: 'userId' }] });
});

t.test('authorizations: waiting pages are listed, approved and denied', async (t) => {
  const world = await fresh(t);
  const provider = 'dottedsign';
  for (const state of ['one', 'two']) {
    await (
      await fetch(await authorizeUrl(world, provider, { state, scope: 'third_party' }), { redirect: 'follow' })
    ).text();
  }
  const [one, two] = await world.authorizations.list({ provider, status: 'waiting' });
  t.match([one, two], [{ state: 'one', clientId: demo.id, scopes: ['third_party'] }, { state: 'two' }]);
  const { redirectTo } = await world.authorizations.approve({ provider, id: one!.id, user: grace });
  t.match(redirectTo, /^http:\/\/localhost:3000\/callback\?code=.*state=one/);
  t.match((await world.authorizations.deny({ provider, id: two!.id })).redirectTo, /error=access_denied/);
  t.same(
    (await world.authorizations.list({ provider })).map(({ status }) => status),
    ['answered', 'answered'],
  );
  t.match(await refusal(world.authorizations.deny({ provider, id: one!.id })), { status: 409 });
  t.match(await refusal(world.authorizations.approve({ provider, id: 'none', user: ada })), { status: 404 });
});

t.test('journal: listed by filter, read, waited for, cleared', async (t) => {
  const world = await fresh(t);
  const { journal } = world;
  await callApi(world, 'nonsense');
  await world.clock.advance('1m');
  await exchange(world, 'mailup', { grant_type: 'refresh_token', refresh_token: 'nonsense' });
  t.same(
    (await journal.list()).map(({ endpoint }) => endpoint),
    ['resource', 'token'],
  );
  const [refresh] = await journal.list({ grantType: 'refresh_token', since: '2026-01-01T00:01:00Z' });
  t.match(refresh, { reason: 'refresh.unknown', status: 400, clientId: demo.id });
  t.match(await journal.get(refresh!.id), { ...refresh, comparison: { what: 'refresh token' } });
  t.same((await journal.list({ since: refresh!.id })).length, 0);
  const [brief] = await journal.listBriefly({ order: 'newest', limit: 1 });
  t.equal(brief?.id, refresh!.id);
  t.strictSame(Object.keys(brief!.request).sort(), ['host', 'method', 'path']);
  t.same(
    (await journal.list({ limit: 1, offset: 1 })).map(({ id }) => id),
    [refresh!.id],
  );

  const waiting = journal.wait({ endpoint: 'token', since: refresh!.id });
  await exchange(world, 'mailup', { grant_type: 'password', username: ada, password: 'understudy' });
  t.match(await waiting, { grantType: 'password', status: 200 });

  const match = {
    endpoint: 'token',
    form: { grant_type: 'refresh_token', refresh_token: 'nonsense' },
    headers: { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' },
    query: {},
  } as const;
  t.same(
    (await journal.list(match)).map(({ id }) => id),
    [refresh!.id],
    'a filter takes the match of an expectation, secrets included',
  );
  t.match(await world.verify({ match, count: 1 }), { passed: true });
  t.match(await journal.wait(match), { id: refresh!.id });
  t.match(
    (await refusal(journal.wait({ form: { refresh_token: 'other' } }, '1ms'))).message,
    /form\.refresh_token is .*, expected /,
  );
  for (const form of ['nonsense', '[]', '{"a":1}', 'null'] as const) {
    t.match(await refusal(journal.list({ form: form as never })), {
      errors: [{ path: 'form', message: /^expected a JSON object of texts such as \{"name":"value"\}, got / }],
    });
  }

  const nothing = await refusal(journal.wait({ provider: 'mailup', endpoint: 'revoke' }, '1ms'));
  t.equal(nothing.status, 408);
  t.match(
    nothing.message,
    /No entry matched within 1ms\.\n {2}#\d+ POST \/.*OAuth\/Token 200: endpoint is "token", expected "revoke"/,
    'the error shows the nearest entries',
  );
  t.match(await refusal(journal.wait({ endpoint: 'token' }, '61s')), { errors: [{ path: 'timeout' }] });
  await journal.clear();
  t.same(await journal.list(), []);
  t.match(await refusal(journal.get(1)), { status: 404 });
});

t.test('faults: added, listed, read, released, removed', async (t) => {
  const world = await fresh(t);
  const rule = {
    match: { provider: 'mailup', endpoint: 'resource' },
    times: 1,
    fault: { kind: 'status', status: 502 },
  } as const;
  const { id, remaining } = await world.faults.add(rule);
  t.equal(remaining, 1);
  const { accessToken } = await world.tokens.mint({ provider: 'mailup', ...client, userId: ada });
  t.strictSame([await callApi(world, accessToken), await callApi(world, accessToken)], [502, 200]);
  t.match(await world.faults.get(id), { hits: 1, remaining: 0 });

  const [held] = await world.faults.addAll([
    { id: 'line', match: { endpoint: 'resource' }, fault: { kind: 'hold' } },
    rule,
  ]);
  t.equal(held?.id, 'line');
  const waiting = callApi(world, accessToken);
  while ((await world.faults.get('line')).waiting === 0) await new Promise(setImmediate);
  t.equal(await world.faults.release('line'), 1);
  t.equal(await waiting, 200);

  await world.faults.remove('line');
  t.strictSame((await world.faults.list()).map((each) => each.id).includes('line'), false);
  await world.faults.clear();
  t.strictSame(await world.faults.list(), []);
  await t.rejects(world.faults.add({ match: {}, fault: { kind: 'stauts', status: 502 } } as never), {
    status: 400,
    errors: [{ path: 'fault.kind', message: /did you mean "status"/ }],
  });
});

t.test('verify answers a verdict; expect throws an error with a readable one', async (t) => {
  const world = await fresh(t);
  await callApi(world, 'nonsense');
  await callApi(world, 'nonsense');
  const resource = { provider: 'mailup', endpoint: 'resource' } as const;
  t.match(await world.verify({ match: resource, count: 2 }), { passed: true, actual: 2, nearMisses: [] });
  t.match(await world.verify({ match: { ...resource, status: 401 } }), {
    passed: false,
    actual: 0,
    nearMisses: [{ differences: [{ field: 'status', expected: 401, actual: 400 }] }, {}],
  });
  await world.expect({ match: resource, count: { atLeast: 1, atMost: 2 } });

  const told = async (expectation: Parameters<World['expect']>[0]): Promise<string> => {
    const error: unknown = await world.expect(expectation).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ExpectationError)) throw new Error(`expected an ExpectationError, got ${String(error)}`);
    t.match(error, { name: 'ExpectationError', expectation, verdict: { passed: false } });
    return error.message;
  };
  t.match(
    await told({ match: { status: 401 } }),
    /^expected at least 1 of \{"status":401\}, found 0\n {2}#2 GET \/.*Authentication\/Info 400: status is 400, expected 401; .*\n {2}#1 GET/,
  );
  t.match(await told({ match: resource, count: 1 }), /^expected 1 of \{.*\}, found 2\n {2}#1 .*: matches; .*\n {2}#2 /);
  t.match(
    await told({ match: { ...resource, status: 401, headers: { Authorization: 'Bearer x', Host: '127.0.0.1' } } }),
    /: status is 400, expected 401; headers\.authorization is .*; provider, endpoint match; /,
    'a near miss shows what matched as well',
  );
  t.match(await told({ match: resource, count: { atMost: 1 } }), /^expected at most 1 of/);
  t.match(
    await told({ match: resource, count: { atLeast: 3, atMost: 4 } }),
    /^expected 3 to 4 of .*, found 2\n {2}#1 GET \S+ 400: matches; .*\n {2}#2 GET \S+ 400: matches; [^\n]*$/,
  );
  t.match(
    await told({ order: [{ endpoint: 'resource' }, { endpoint: 'token' }] }),
    /^expected 2 entries in this order: \{"endpoint":"resource"\}, \{"endpoint":"token"\}, found 1\n {2}#1 GET \S+ 400: matches; .*\n {2}#2 GET \S+ 400: endpoint is "resource", expected "token"; /,
    'the steps that were found come first',
  );
  t.match(
    await told({ order: [{ endpoint: 'resource' }, { endpoint: 'resource' }, { endpoint: 'resource', status: 200 }] }),
    /found 2\n {2}#1 .*: matches; .*\n {2}#2 .*: matches; [^\n]*$/,
  );
  t.match(
    await told({ order: [{ status: 400 }, { endpoint: 'resource', status: 200 }] }),
    /\n {2}#2 .*: status is 400, expected 200; endpoint matches; /,
  );
  await exchange(world, 'mailup', { grant_type: 'password', username: ada, password: 'understudy' });
  t.match(
    await told({ match: { endpoint: 'token' }, count: 0 }),
    /^expected 0 of .*, found 1\n {2}#3 POST \/.*Token 200: matches$/,
  );
  await world.play({ extends: 'default', journal: { limit: 1 } });
  for (const token of ['one', 'two', 'three']) await callApi(world, token);
  t.match(
    await told({ match: resource, count: 3 }),
    /, found 1 \(the journal has dropped 2 entries because of its limit\)/,
  );
  t.match(await refusal(world.expect({})), { errors: [{ path: 'match' }] }, 'an empty expectation is refused');
});

t.test('a grant type that no provider knows is told, unless a client sent it', async (t) => {
  const world = await fresh(t);
  const grantType = 'refresh-token';
  const told = 'there is no grant type "refresh-token"; did you mean "refresh_token"?';
  const invented = '(to match one that a client invents, use form: grant_type)';
  for (const call of [
    () => world.expect({ match: { grantType }, count: 0 }),
    () => world.expect({ match: { grantType }, count: { atMost: 1 } }),
    () => world.faults.add({ match: { grantType: grantType as 'password' }, fault: { kind: 'drop' } }),
    () => world.journal.list({ grantType }),
    () => world.play({ expect: [{ match: { grantType }, count: 0 }] }),
  ]) {
    t.match(await refusal(call()), {
      status: 400,
      message: /grantType .*"refresh-token"; did you mean "refresh_token"\?/,
    });
  }
  for (const expectation of [{ match: { grantType } }, { order: [{ grantType }, { grantType: 'password' }] }]) {
    const failed: unknown = await world.expect(expectation).catch((reason: unknown) => reason);
    t.ok(failed instanceof ExpectationError);
    t.match((failed as Error).message, `\n  ${told} ${invented}`);
  }
  t.same((await world.verify({ match: { grantType: 'password' } })).hints, []);
  t.match(await refusal(world.journal.wait({ grantType }, '10ms')), {
    status: 408,
    message: `No entry matched within 10ms; ${told} ${invented}`,
  });
  await world.expect({ match: { form: { grant_type: grantType } }, count: 0 });

  await exchange(world, 'mailup', { grant_type: grantType });
  t.match(await world.journal.list({ grantType }), [{ grantType }]);
  await world.expect({ match: { grantType }, count: 1 });
  await t.rejects(world.expect({ match: { grantType }, count: 0 }), { name: 'ExpectationError' });
  t.same((await world.verify({ match: { grantType }, count: 1 })).hints, []);
});

t.test('a match of a provider that there is not is refused everywhere', async (t) => {
  const world = await fresh(t);
  const match = { provider: 'tinymail' };
  for (const call of [
    () => world.verify({ match }),
    () => world.expect({ match, count: 0 }),
    () => world.faults.add({ match, fault: { kind: 'drop' } }),
    () => world.journal.list(match),
    () => world.journal.wait(match),
    () => world.play({ expect: [{ match, count: 0 }] }),
  ]) {
    t.match(await refusal(call()), {
      status: 400,
      message: 'there is no provider "tinymail"; did you mean "tinyemail"?',
    });
  }
});

t.test('a call about a world that ended says how a program makes one', async (t) => {
  const world = await fresh(t);
  await world.drop();
  t.match(
    (await refusal(world.journal.list())).message,
    `answered 404: There is no world "${world.id}". It was dropped or never made: newWorld({ id: '${world.id}' }), or`,
  );
});

t.test('findings and lineage: the mistakes of the client, and the origin of its tokens', async (t) => {
  const world = await fresh(t);
  const { refreshToken } = await world.tokens.mint({ provider: 'mailup', ...client, userId: ada });
  for (let i = 0; i < 2; i += 1) {
    await exchange(world, 'mailup', { grant_type: 'refresh_token', refresh_token: String(refreshToken) });
  }
  const { findings } = await world.findings();
  t.match(
    findings.find(({ rule }) => rule === 'stale-refresh-token'),
    { severity: String, clause: String, evidence: [Number] },
  );
  t.same(
    (await world.findings({ suppress: { 'stale-refresh-token': 'known since March' } })).findings.filter(
      ({ rule }) => rule === 'stale-refresh-token',
    ),
    [],
  );
  t.ok((await world.findings({ severity: 'error' })).findings.every(({ severity }) => severity === 'error'));
  t.match(await refusal(world.findings({ severity: 'grave' as 'error' })), { errors: [{ path: 'severity' }] });
  t.equal((await world.lineage({ provider: 'mailup', userId: ada })).length, 1);
  t.same(await world.lineage({ provider: 'tinyemail' }), []);
});

t.test('close: the report of a world and of a server is made before the end', async (t) => {
  const own = await start();
  t.teardown(() => own.close());
  const repeated = async (world: World): Promise<void> => {
    const { refreshToken } = await world.tokens.mint({ provider: 'mailup', ...client, userId: ada });
    for (let i = 0; i < 2; i += 1) {
      await exchange(world, 'mailup', { grant_type: 'refresh_token', refresh_token: String(refreshToken) });
    }
  };
  const world = await own.newWorld();
  await repeated(world);
  t.match(await world.close({ report: true }), { world: world.id, findings: [{ rule: 'stale-refresh-token' }] });
  t.match(await refusal(world.info()), { status: 404 }, 'the world has ended');
  const other = await own.newWorld();
  t.match(await refusal(other.close({ report: { severity: 'grave' as 'error' } })), { status: 400 });
  t.match(await refusal(other.info()), { status: 404 }, 'it ends also if there is no report');

  const standard = own.world();
  await repeated(standard);
  t.match((await standard.close({ report: { severity: 'error' } })).findings.length, 1);
  t.same(await standard.journal.list(), [], 'the world default is reset');
  await standard.close();

  const report = await own.close({ report: { suppress: { 'stale-refresh-token': 'known' } } });
  t.match(report, { judged: { worlds: 2 }, summary: { suppressed: 2 } });
  await t.rejects(own.health(), /did not answer/);
});

t.test('the report of a server that is closed is refused in words', async (t) => {
  const own = await start();
  await own.close({ report: true });
  await t.rejects(own.close({ report: true }), {
    message: 'close: the server is closed already, so there is no report of it',
  });
  await own.close();
  const connected = connect(server.url);
  await connected.close();
  t.match(await connected.close({ report: true }), { worlds: Array }, 'a server that runs on has one');
});

t.test('snapshot: a world is saved, changed and restored', async (t) => {
  const world = await fresh(t);
  const { accessToken } = await world.tokens.mint({ provider: 'mailup', ...client, userId: ada });
  const taken = await world.snapshot.take();
  await world.tokens.revoke({ provider: 'mailup' });
  t.equal(await callApi(world, accessToken), 401);
  t.match(await world.snapshot.restore(taken), { id: world.id });
  t.equal(await callApi(world, accessToken), 200);
  t.match(await refusal(world.snapshot.restore({ ...taken, version: 2 as 1 })), { errors: [{ path: 'version' }] });
});

const asked: Readonly<Partial<Record<ProviderName, Record<string, string>>>> = {
  mailup: {},
  tinyemail: { scope: 'import_customers', state: 'a b&c' },
  dottedsign: { scope: 'third_party sign_tasks.general.read', state: 'a b&c' },
};

t.test('authorize reads the answer of response_mode=form_post', async (t) => {
  const world = await fresh(t);
  const url = await authorizeUrl(world, 'dottedsign', { state: 's', response_mode: 'form_post' });
  t.match(await world.authorize(url), { code: /^[\w-]{43}$/, state: 's', error: undefined });
});

for (const [provider, parameters] of Object.entries(asked) as [ProviderName, Record<string, string>][]) {
  t.test(`authorize completes the pages of ${provider}`, async (t) => {
    const world = await fresh(t);
    const url = await authorizeUrl(world, provider, parameters);
    const state = parameters.state;

    const allowed = await world.authorize(new URL(url), { username: grace });
    t.match(allowed, { redirectTo: /^http:\/\/localhost:3000\/callback\?/, code: /^[\w-]+$/, state, error: undefined });
    t.equal(
      (await exchange(world, provider, { grant_type: 'authorization_code', code: String(allowed.code) })).status,
      200,
    );
    t.match(await world.tokens.list({ provider, kind: 'access' }), [
      { userId: grace, ...(provider === 'mailup' ? {} : { scopes: String(parameters.scope).split(' ') }) },
    ]);

    t.match(await world.authorize(url, { decision: 'deny' }), { code: undefined, state, error: 'access_denied' });
    await t.rejects(world.authorize(url, { decision: 'denied' as 'deny' }), {
      message: 'decision is "denied"; expected "allow" or "deny"',
    });
    await t.rejects(world.authorize(url, { password: 'wrong' }), AuthorizeError);
    await t.rejects(world.authorize(url, { username: 'nobody' }), AuthorizeError);
    t.equal(
      (await world.authorizations.list({ provider, status: 'waiting' })).length,
      2,
      'only the authorizations with a failed login still wait',
    );

    const refused: unknown = await authorize(url.replace('callback', 'elsewhere')).catch((error: unknown) => error);
    t.match(refused, {
      name: 'AuthorizeError',
      status: provider === 'dottedsign' ? 200 : 400,
      message: /elsewhere/,
      page: /<html/,
    });

    await world.providers.policy({ provider, interaction: { mode: 'auto', user: ada } });
    t.match(
      await world.authorize(url),
      { code: String, error: undefined },
      'with interaction auto, the first answer is the redirect',
    );
  });
}

t.test('authorize grants only the named scopes, at a provider with a choice for each scope', async (t) => {
  const world = await fresh(t);
  const url = await authorizeUrl(world, 'tinyemail', { scope: 'import_customers', state: 's' });
  const { code } = await world.authorize(url, { scopes: ['import_customers'] });
  t.match(await world.codes.list({ provider: 'tinyemail', code: String(code) }), [{ scopes: ['import_customers'] }]);
  const wrong = world.authorize(url, { scopes: ['import_customers', 'import_customer'] });
  await t.rejects(wrong, {
    name: 'ArgumentError',
    message:
      'authorize: the consent page asks for the scopes import_customers, and not for "import_customer"; ' +
      'did you mean "import_customers"?',
  });
  t.match(await world.authorize(url, { scopes: [] }), { error: 'access_denied' }, 'an empty list of scopes denies');
});

t.test('authorize with scopes, at a page that does not let the person choose, is refused', async (t) => {
  const world = await fresh(t);
  for (const provider of ['mailup', 'dottedsign'] as const) {
    const url = await authorizeUrl(world, provider);
    for (const scopes of [['nope'], []]) {
      await t.rejects(world.authorize(url, { scopes }), {
        name: 'ArgumentError',
        message: /^authorize: the consent page does not let the person choose scopes; expected no scopes/,
      });
    }
    t.same(await world.codes.list({ provider }), []);
    t.match(await world.authorize(url, { scopes: ['nope'], decision: 'deny' }), { error: 'access_denied' });
  }
});

t.test('a URL of a provider that asks for nothing is no flow', async (t) => {
  const world = await fresh(t);
  for (const url of ['https://services.mailup.com/', `${world.baseUrl}/mailup`]) {
    await t.rejects(world.authorize(url), {
      name: 'AuthorizeError',
      message:
        /^http:\S+\/mailup\/? has no client_id, so it is no authorization request; it led to http:\S+\/__admin\//,
    });
  }
});

t.test('authorize in a world that was dropped says so, as other calls do', async (t) => {
  const world = await fresh(t);
  const url = await authorizeUrl(world, 'mailup');
  await world.drop();
  const { message } = (await world.expect({ match: {} }).catch((error: unknown) => error)) as Error;
  const words = message.slice(message.indexOf(': ') + 2);
  t.match(words, `There is no world "${world.id}". It was dropped or never made: newWorld({ id: '${world.id}' })`);
  // it asks the world for the hosts of its providers before it visits a page
  await t.rejects(world.authorize(url), {
    name: 'UnderstudyError',
    status: 404,
    message: `GET /providers answered 404: ${words}`,
  });
});

t.test('authorize fails at redirect loops, forms without effect, and answers that are not pages', async (t) => {
  const other = createServer((request, response) => {
    if (request.url === '/json') response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":"abc"}');
    else if (request.url === '/empty-form') response.writeHead(200).end('<p>Nothing <form method="post"></form>');
    else if (request.url === '/loop?authorization=1') {
      response.writeHead(302, { location: '/loop?authorization=1' }).end();
    } else response.writeHead(302, { location: '/loop?authorization=1' }).end();
  });
  await once(other.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => other.close());
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  await t.rejects(authorize(`${url}/json`), { status: 200, message: /\{"code":"abc"\}/ });
  await t.rejects(authorize(`${url}/loop`), { message: /it made more than 20 requests, the last to .*\/loop/ });
  for (const decision of ['allow', 'deny'] as const) {
    await t.rejects(authorize(`${url}/empty-form`, { decision }), AuthorizeError, 'the number of pages is limited');
  }
});
