import t from 'tap';
import { start } from '../../src/library.js';
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
  const { code } = await world.authorize(`${authorizeUrl}?${query.toString()}`, { signal: AbortSignal.timeout(20_000) });
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
