import t from 'tap';
import { exam, start } from '../../src/library.js';
import { configOf, programDefaults } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { adminOf } from '../admin/calls.js';
import { demo } from '../support.js';
import type { Test } from 'tap';
import type { ProviderDocument, Understudy, World } from '../../src/library.js';
import type { Problem } from '../admin/calls.js';

/** A provider that differs from the standard in what a client sees first. */
const acme: ProviderDocument = {
  title: 'Acme',
  endpoints: { authorize: '/login/oauth', token: '/login/token', api: '/v2' },
  policy: { accessToken: '2m' },
  answers: { token: { body: { ok: true, access_token: '{{ access_token }}', refresh_token: '{{ refresh_token }}' } } },
  errors: { token: { status: 200, body: { ok: false, error: '{{ error }}' } } },
  resources: [{ path: '/me', body: { id: '{{ user.id }}' } }],
};

async function open(t: Test): Promise<{ server: Understudy; world: World }> {
  const server = await start();
  t.teardown(() => server.close());
  return { server, world: await server.newWorld({ id: 'own' }) };
}

const post = (url: string, form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form) });

const client = { client_id: demo.id, client_secret: demo.secret };

/** Logs in at a provider of a world, and returns the code. */
async function codeOf(world: World, provider: string): Promise<string> {
  const { authorizeUrl } = (await world.info()).providers[provider as 'mailup'];
  const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri });
  const { code } = await world.authorize(`${authorizeUrl}?${query.toString()}`, {
    signal: AbortSignal.timeout(20_000),
  });
  return String(code);
}

const exchange = async (world: World, provider: string, code: string): Promise<Response> =>
  post((await world.info()).providers[provider as 'mailup'].tokenUrl, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: demo.redirectUri,
    ...client,
  });

t.test('a world has a provider of its own, which no other world knows', async (t) => {
  const { server, world } = await open(t);
  const described = await world.defineProvider('acme', acme);
  t.match(described, { name: 'acme', title: 'Acme', tokenUrl: `${world.baseUrl}/acme/login/token` });
  const granted = await exchange(world, 'acme', await codeOf(world, 'acme'));
  const { ok, access_token: token } = (await granted.json()) as { ok: boolean; access_token: string };
  t.equal(ok, true);
  const me = await fetch(`${world.baseUrl}/acme/v2/me`, { headers: { authorization: `Bearer ${token}` } });
  t.same(await me.json(), { id: demo.username });
  t.match(await (await exchange(world, 'acme', 'none')).json(), { ok: false, error: 'invalid_grant' });

  const other = await server.newWorld({ id: 'other' });
  t.notOk('acme' in (await other.info()).providers);
  await t.rejects(other.providers.describe('acme'), { status: 404, message: /no provider "acme"/ });
  t.equal((await post(`${other.baseUrl}/acme/login/token`, {})).status, 404);
  t.equal((await post(`${server.url}/acme/login/token`, {})).status, 404);
  // each world can have its own provider of a name
  await other.defineProvider('acme', { like: 'mailup', title: 'Another' });
  t.same(
    [(await world.providers.describe('acme')).title, (await other.providers.describe('acme')).title],
    ['Acme', 'Another'],
  );
  t.equal((await post(`${other.baseUrl}/acme/login/token`, {})).status, 404);
});

t.test('the default world has providers of its own', async (t) => {
  const { server } = await open(t);
  const world = server.world();
  await world.defineProvider('acme', acme);
  t.equal((await exchange(world, 'acme', await codeOf(world, 'acme'))).status, 200);
  t.ok('acme' in ((await (await fetch(`${server.url}/`)).json()) as { providers: object }).providers);
});

t.test('what a call, a reset, a scenario and a snapshot do to the providers of a world', async (t) => {
  const { server, world } = await open(t);
  await world.defineProvider('acme', acme);
  await world.defineProvider('like-acme', { like: 'acme', title: 'Like Acme' });
  const mint = { provider: 'acme', clientId: demo.id, userId: demo.username };
  const { accessToken } = await world.tokens.mint(mint);
  // the same document again changes nothing
  await world.defineProvider('acme', acme);
  t.match(await world.tokens.get({ provider: 'acme', token: accessToken }), { status: 'live' });

  await world.reset();
  t.equal((await world.tokens.list({ provider: 'acme' })).length, 0);
  t.equal((await world.providers.describe('like-acme')).tokenUrl, `${world.baseUrl}/like-acme/login/token`);

  await world.play('happy-path');
  t.equal((await world.providers.describe('acme')).title, 'Acme');
  // an inline scenario has content for it
  await world.play({ providers: { acme: { clients: [{ id: 'mine', secret: 's3cret', redirectUris: [] }] } } });
  t.same(
    (await world.clients.list({ provider: 'acme' })).map(({ id }) => id),
    ['mine'],
  );
  await world.play('default');
  await t.rejects(server.newWorld({ scenario: { providers: { acme: {} } } }), {
    status: 400,
    message: /providers\.acme is not a provider/,
  });

  const kept = await world.tokens.mint(mint);
  const snapshot = await world.snapshot.take();
  t.same(snapshot.own?.definitions, { acme, 'like-acme': { like: 'acme', title: 'Like Acme' } });
  const copy = await server.newWorld({ id: 'copy' });
  await copy.snapshot.restore(snapshot);
  t.match(await copy.tokens.get({ provider: 'acme', token: kept.accessToken }), { status: 'live' });
  t.match(await (await exchange(copy, 'acme', 'none')).json(), { ok: false, error: 'invalid_grant' });

  // gone with the world
  await copy.drop();
  const again = await server.newWorld({ id: 'copy' });
  t.notOk('acme' in (await again.info()).providers);
  await t.rejects(world.removeProvider('acme'), {
    status: 409,
    message: /Without "acme", the provider "like-acme" of this world has mistakes: like: there is no provider "acme"/,
  });
  await world.removeProvider('like-acme');
  await world.removeProvider('acme');
  t.notOk('acme' in (await world.info()).providers);
  await t.rejects(world.removeProvider('acme'), {
    status: 404,
    message: /no provider "acme" of its own\. Known: none/,
  });
});

t.test("a world's own providers are made again for the scenario that it plays", async (t) => {
  const { world } = await open(t);
  const base = (token: string): ProviderDocument => ({ endpoints: { token } });
  const paths = async (): Promise<readonly string[]> => (await world.providers.describe('acme')).paths.token;
  await world.play({ definitions: { base: base('/one') } });
  await world.defineProvider('acme', { like: 'base', title: 'Acme' });
  await world.reset();
  t.same(await paths(), ['/one']);
  await world.play({ definitions: { base: base('/two') } });
  t.same(await paths(), ['/two']);
  await t.rejects(world.play('default'), {
    status: 400,
    message: /then the provider "acme" of this world has mistakes: like: there is no provider "base"/,
  });
  t.same(await paths(), ['/two'], 'nothing changed');
});

t.test('a snapshot with mistakes in its definitions is refused with their places', async (t) => {
  const { world } = await open(t);
  await world.defineProvider('acme', acme);
  const snapshot = await world.snapshot.take();
  const wrong = (document: object): object => ({
    ...snapshot,
    scenario: { definitions: { base: { titel: 'x' } } },
    own: { definitions: { acme: document } },
  });
  const { status, body } = await adminOf(world.baseUrl)<Problem>('PUT /snapshot', wrong({ like: 'none' }));
  t.equal(status, 400);
  t.match(body.errors, [
    { path: 'scenario.definitions.base.titel', message: /is not a member here; did you mean "title"/ },
    { path: 'own.definitions.acme.like', message: /no provider "none"/ },
  ]);
  t.equal((await world.providers.describe('acme')).title, 'Acme');
  const restored = await adminOf(world.baseUrl)('PUT /snapshot', {
    ...snapshot,
    scenario: { definitions: { base: acme } },
    own: { definitions: { acme: { like: 'base', title: 'Of a snapshot' } } },
  });
  t.equal(restored.status, 200);
  t.match(await world.providers.describe('acme'), { title: 'Of a snapshot', paths: { token: ['/login/token'] } });
});

t.test('pages, codes and tokens of a provider that was replaced or removed get a plain answer', async (t) => {
  const { world } = await open(t);
  await world.defineProvider('acme', acme);
  const { authorizeUrl, tokenUrl, apiUrl } = (await world.info()).providers['acme' as 'mailup'];
  const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri });
  const login = await fetch(`${authorizeUrl}?${query.toString()}`);
  const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(await login.text()) ?? [];
  const submitted = (): Promise<Response> =>
    post(new URL(action, login.url).href, { username: demo.username, password: demo.password });
  const code = await codeOf(world, 'acme');
  const { accessToken, refreshToken } = await world.tokens.mint({
    provider: 'acme',
    clientId: demo.id,
    userId: demo.username,
  });
  await world.faults.add({ id: 'at-acme', match: { provider: 'acme' }, fault: { kind: 'delay', for: '1ms' } });
  await world.faults.add({
    match: { endpoint: 'token' },
    until: { provider: 'acme' },
    fault: { kind: 'delay', for: '1ms' },
  });
  const call = (): Promise<Response> => fetch(`${apiUrl}/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  const refresh = (): Promise<Response> =>
    post(tokenUrl, { grant_type: 'refresh_token', refresh_token: String(refreshToken), ...client });

  await world.defineProvider('acme', { ...acme, title: 'Acme 2' });
  t.ok((await submitted()).status >= 400);
  t.match(await (await exchange(world, 'acme', code)).json(), { ok: false, error: 'invalid_grant' });
  t.match(await (await refresh()).json(), { ok: false, error: 'invalid_grant' });
  t.equal((await call()).status, 401);
  t.equal((await world.faults.list()).length, 2, 'a fault for a provider that is still there stays');
  t.match(await world.journal.list(), [{ provider: 'acme' }]);

  await world.removeProvider('acme');
  for (const answer of [await submitted(), await refresh(), await call(), await fetch(authorizeUrl)]) {
    t.equal(answer.status, 404);
    t.match(await answer.json(), { title: 'Nothing here', known: ['/w/own/mailup'] });
  }
  t.equal((await world.findings()).world, 'own');
  t.same(await world.faults.list(), [], 'no request can match them any more');
  const snapshot = await world.snapshot.take();
  await world.snapshot.restore(snapshot);
});

t.test('a request that is on its way while its provider is replaced gets a 404', async (t) => {
  const { worlds, url, close } = await openServer(configOf({ port: 0 }, programDefaults));
  t.teardown(close);
  const define = (title: string): Promise<Response> =>
    fetch(`${url}/__admin/providers/acme`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
    });
  t.equal((await define('Acme')).status, 200);
  // the first request to a provider waits until its app is made: it is replaced as soon as the request has found it
  const find = worlds.providersIn.bind(worlds);
  worlds.providersIn = (id) => {
    worlds.providersIn = find;
    queueMicrotask(() => {
      worlds.define(worlds.use('default')!, undefined);
    });
    return find(id);
  };
  const answer = await post(`${url}/acme/token`, {});
  t.equal(answer.status, 404);
  t.match(await answer.json(), { title: 'Provider changed' });
  t.equal((await define('Acme')).status, 200);
  t.equal((await post(`${url}/acme/token`, {})).status, 401);
});

t.test('requests to an earlier provider of a name are no evidence, and their secrets stay hidden', async (t) => {
  const { world } = await open(t);
  await world.defineProvider('acme', acme);
  const code = await codeOf(world, 'acme');
  const granted = await exchange(world, 'acme', code);
  const { access_token: token } = (await granted.json()) as { access_token: string };
  await exchange(world, 'acme', code);
  await world.clients.add({ provider: 'acme', id: 'b', secret: 'secret-of-b', redirectUris: [] });
  const { apiUrl } = (await world.info()).providers['acme' as 'mailup'];
  await fetch(`${apiUrl}/me?note=${token}&other=secret-of-b`);
  const rules = async (): Promise<string[]> => (await world.findings()).findings.map(({ rule }) => rule);
  const shown = async (): Promise<string> => JSON.stringify(await world.journal.list());
  t.ok((await rules()).includes('code-replayed'));

  const hasSecret = (text: string): boolean[] => [token, code, 'secret-of-b'].map((each) => text.includes(each));
  // the world did not look at these entries before the provider was replaced
  await world.defineProvider('acme', { ...acme, title: 'Acme 2' });
  await world.providers.describe('acme');
  t.same(await rules(), []);
  t.same(hasSecret(await shown()), [false, false, false]);
  const again = await codeOf(world, 'acme');
  await exchange(world, 'acme', again);
  await exchange(world, 'acme', again);
  t.ok((await rules()).includes('code-replayed'), 'later requests are evidence');
  await world.removeProvider('acme');
  t.same(await rules(), []);
  t.same(hasSecret(await shown()), [false, false, false]);
});

t.test('admin calls, faults, expectations, the journal and findings know a provider of the world', async (t) => {
  const { server, world } = await open(t);
  await world.defineProvider('acme', acme);
  const at = { provider: 'acme' };
  await world.clients.add({ ...at, id: 'another', secret: 'its-secret', redirectUris: [demo.redirectUri] });
  await world.users.add({ ...at, id: 'lin', username: 'lin', password: 'p' });
  await world.providers.policy({ ...at, accessToken: '30s' });
  await world.faults.add({ match: { ...at, endpoint: 'token' }, times: 1, fault: { kind: 'status', status: 503 } });
  const code = await codeOf(world, 'acme');
  t.equal((await exchange(world, 'acme', code)).status, 503);
  t.equal((await exchange(world, 'acme', code)).status, 200);
  await world.expect({ match: { ...at, endpoint: 'token' }, count: 2 });
  t.equal((await world.journal.list({ ...at, endpoint: 'token' })).length, 2);
  t.equal((await world.lineage(at)).length, 1);
  await exchange(world, 'acme', code);
  const { findings } = await world.findings();
  t.match(
    findings.filter(({ rule }) => rule === 'code-replayed'),
    [{ provider: 'acme' }],
  );
  t.match(await world.tokens.list(at), [{ clientId: demo.id, status: 'revoked' }]);
  const { accessToken } = await world.tokens.mint({ ...at, clientId: 'another', userId: 'lin' });
  t.match((await world.clock.advance('31s')).expired, [{ provider: 'acme', value: accessToken }]);

  const other = await server.newWorld({ id: 'other' });
  const match = { ...at, endpoint: 'token' } as const;
  const unknown = { status: 400, message: /no provider "acme"/ };
  await t.rejects(other.faults.add({ match, fault: { kind: 'pass' } }), unknown);
  await t.rejects(other.verify({ match }), unknown);
  await t.rejects(other.clients.list(at), { status: 404, message: /no provider "acme"/ });
  await t.rejects(other.play({ providers: { acme: {} } }), { status: 400, message: /is not a provider/ });
});

t.test('an exam of a client at a provider of the world, and at one of its inline scenario', async (t) => {
  const { world } = await open(t);
  await world.play({ definitions: { base: acme } });
  await world.defineProvider('acme', { like: 'base', title: 'Examined' });
  for (const provider of ['acme', 'base']) {
    let token = '';
    const result = await exam({
      world,
      provider,
      only: ['callback-head'],
      async connect({ visit, urls, client: own }) {
        const query = { response_type: 'code', client_id: own.id, redirect_uri: own.redirectUri, state: 's' };
        const { searchParams } = await visit(`${urls.authorizeUrl}?${new URLSearchParams(query).toString()}`);
        const granted = await post(urls.tokenUrl, {
          grant_type: 'authorization_code',
          code: String(searchParams.get('code')),
          redirect_uri: own.redirectUri,
          client_id: own.id,
          client_secret: own.secret,
        });
        ({ access_token: token } = (await granted.json()) as { access_token: string });
      },
      async call({ urls }) {
        const answer = await fetch(`${urls.apiUrl}/me`, { headers: { authorization: `Bearer ${token}` } });
        if (!answer.ok) throw new Error(`the API answered ${answer.status}`);
      },
    });
    t.match(result, { provider, interrupted: false });
  }
  t.equal((await world.providers.describe('acme')).title, 'Examined', 'the world has its state again');
});
