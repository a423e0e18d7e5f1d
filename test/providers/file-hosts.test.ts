import t from 'tap';
import { start } from '../../src/client/index.js';
import { defineProvider } from '../../src/providers/files/define-provider.js';
import { standardProvider } from '../../src/providers/standard-provider.js';
import { atHost } from './at-host.js';
import { Shop, folderOf, mistakesOf } from './files/shop.js';
import type { Defined } from '../../src/providers/files/define-provider.js';
import type { ProviderDocument } from '../../src/providers/files/schema/document.js';
import type { Provider } from '../../src/providers/provider.js';

const hosts = ['login.shop.example', 'tokens.shop.example', '{shop}.shop.example'];
const endpoints = {
  authorize: ['login.shop.example/authorize', '/login/authorize'],
  token: ['tokens.shop.example/token', '{shop}.shop.example/token'],
  revoke: [],
  introspect: 'tokens.shop.example/introspect',
  metadata: '/metadata',
  api: '{shop}.shop.example/{version}/api',
};
const variables = { shop: { example: 'my-shop' }, version: { example: 'v1' } };
const resources = [{ path: '/shop', body: { shop: '{{ path.shop }}' } }];
const credentials = { client_id: Shop.client.id, client_secret: Shop.client.secret };
const exchange = { grant_type: 'authorization_code', redirect_uri: Shop.redirectUri, ...credentials };
const ask = new URLSearchParams({
  response_type: 'code',
  client_id: Shop.client.id,
  redirect_uri: Shop.redirectUri,
  state: 's',
}).toString();

t.test('a path that names its host answers at no other host of the provider', async (t) => {
  const shop = await Shop.open(t, {
    hosts,
    endpoints,
    variables,
    resources,
    policy: { clientCredentialsIn: ['basic', 'body'] },
  });
  const { url } = shop.server;
  const asked = await atHost(url, 'login.shop.example', `/authorize?${ask}`);
  const code = String(new URL(String(asked.headers.location)).searchParams.get('code'));
  t.equal((await atHost(url, 'login.shop.example', '/token', { form: { ...exchange, code } })).status, 404);
  const { reason, endpoint, facts } = await shop.newest();
  t.same([reason, endpoint], ['request.path-unknown', 'other']);
  t.same(facts, {
    path: '/token',
    known: ['/authorize'],
    hosts: ['tokens.shop.example', '{shop}.shop.example'],
  });

  const issued = await atHost(url, 'Tokens.shop.example:8443', '/token', { form: { ...exchange, code } });
  t.equal(issued.status, 200);
  const { access_token: token } = JSON.parse(issued.text) as Record<string, string>;
  const headers = { authorization: `Bearer ${String(token)}` };
  const call = await atHost(url, 'acme.shop.example', '/v2/api/shop', { headers });
  t.same([call.status, call.text], [200, '{"shop":"acme"}']);
  t.equal((await atHost(url, 'tokens.shop.example', '/v2/api/shop', { headers })).status, 404);
  t.equal((await atHost(url, 'tokens.shop.example', `/authorize?${ask}`)).status, 404);
  t.equal((await atHost(url, 'acme.shop.example', '/introspect', { form: {} })).status, 404);
  // a second host of a path, and a path without one
  t.equal((await atHost(url, 'acme.shop.example', '/token', { form: credentials })).status, 400);
  t.equal((await atHost(url, 'tokens.shop.example', `/login/authorize?${ask}`)).status, 303);

  // where the path names the provider, every path answers
  t.equal((await fetch(`${shop.url}/authorize?${ask}`, { redirect: 'manual' })).status, 303);
  t.equal(
    (await shop.send('/token', { method: 'POST', body: new URLSearchParams({ ...exchange, code: await shop.code() }) }))
      .status,
    200,
  );
  t.equal((await atHost(url, 'login.shop.example', '/w/default/shop/token', { form: credentials })).status, 400);
});

t.test('the journal says which paths a host has alone, as the file writes them', async (t) => {
  const shop = await Shop.open(t, {
    hosts: [...hosts, 'other.example'],
    endpoints: { ...endpoints, token: 'tokens.shop.example/{version}/token', api: '/{version}/api' },
    variables,
  });
  const explained = async (host: string, path: string): Promise<unknown> => {
    await atHost(shop.server.url, host, path);
    return (await shop.newest()).explanation;
  };
  const elsewhere = '"/authorize" is not at this host, but at "login.shop.example"';
  t.equal(
    await explained('tokens.shop.example', '/authorize'),
    `${elsewhere}; paths of this host alone: "/{version}/token", "/introspect"`,
  );
  t.equal(await explained('other.example', '/authorize'), elsewhere);
  t.match(await explained('other.example', '/none'), /served here: .*"\/\{version\}\/token".*"\/\{version\}\/api/);
  t.match(await explained('other.example', '/a/b/c/d'), /^[^:]*served here: [^:]*$/, 'no variable of the router');
});

t.test('at a host, a path that begins with the name of the provider is no prefix', async (t) => {
  const shop = await Shop.open(t, {
    hosts: ['a.shop.example', 'b.shop.example'],
    endpoints: {
      authorize: 'a.shop.example/shop/authorize',
      token: 'a.shop.example/shop/token',
      metadata: '/shop/metadata',
    },
  });
  const { url } = shop.server;
  t.equal((await atHost(url, 'a.shop.example', '/shop/token', { form: {} })).status, 401);
  t.equal((await atHost(url, 'b.shop.example', '/shop/token', { form: {} })).status, 404);
  t.equal((await atHost(url, 'b.shop.example', '/w/default/shop/shop/token', { form: {} })).status, 401);
  t.match(JSON.parse((await atHost(url, 'b.shop.example', '/shop/metadata')).text), {
    issuer: 'http://b.shop.example',
    token_endpoint: 'http://a.shop.example/shop/token',
  });
});

t.test('hosts of paths count, and metadata name them, below the path of a base URL', async (t) => {
  const document = {
    hosts: ['a.example', 'b.example'],
    endpoints: { authorize: '/authorize', token: 'a.example/token', metadata: '/metadata' },
  };
  for (const path of ['/mock', '/shop']) {
    const server = await start({
      providers: folderOf(t, { 'shop.json': JSON.stringify(document) }),
      baseUrl: `http://b.example${path}`,
    });
    t.teardown(() => server.close());
    t.equal((await atHost(server.url, 'b.example', '/token', { form: {} })).status, 404, path);
    t.equal((await atHost(server.url, 'a.example', '/token', { form: {} })).status, 401, path);
    t.match(JSON.parse((await atHost(server.url, 'b.example', '/metadata')).text), {
      issuer: `http://b.example${path}`,
      authorization_endpoint: `http://b.example${path}/authorize`,
      token_endpoint: `http://a.example${path}/token`,
    });
  }
});

t.test('metadata name the host of each endpoint', async (t) => {
  const revoke = '{shop}.shop.example/revoke';
  const shop = await Shop.open(t, { hosts, endpoints: { ...endpoints, revoke }, variables });
  const metadataAt = async (host: string): Promise<unknown> =>
    JSON.parse((await atHost(shop.server.url, host, '/metadata')).text);
  t.match(await metadataAt('login.shop.example:8443'), {
    issuer: 'http://login.shop.example:8443',
    authorization_endpoint: 'http://login.shop.example:8443/authorize',
    token_endpoint: 'http://tokens.shop.example:8443/token',
    introspection_endpoint: 'http://tokens.shop.example:8443/introspect',
    // the example stands for the variable
    revocation_endpoint: 'http://my-shop.shop.example:8443/revoke',
  });
  t.match(await metadataAt('acme.shop.example'), {
    authorization_endpoint: 'http://login.shop.example/authorize',
    token_endpoint: 'http://acme.shop.example/token',
    revocation_endpoint: 'http://acme.shop.example/revoke',
  });
  t.match((await shop.get('/metadata')).json, { issuer: shop.url, token_endpoint: `${shop.url}/token` });
});

t.test('a file that is like another one keeps the hosts of paths that are its own', async (t) => {
  const text = (document: object): string => JSON.stringify({ variables, ...document });
  const auto = { interaction: { mode: 'auto', user: 'ada@example.test', decision: 'allow' } };
  const folder = folderOf(t, {
    'shop.json': text({ hosts, endpoints, policy: auto }),
    'fewer.json': text({ like: 'shop', hosts: ['fewer.example'] }),
  });
  const server = await start({ providers: folder });
  t.teardown(() => server.close());
  t.equal((await atHost(server.url, 'fewer.example', '/token', { form: {} })).status, 401);
  t.equal((await atHost(server.url, 'fewer.example', `/authorize?${ask}`)).status, 303);
  t.equal((await atHost(server.url, 'login.shop.example', '/token', { form: {} })).status, 404);
});

t.test('hosts of a path that a file inherits do not replace those in the file', (t) => {
  const documentOf = (token: string, refresh?: string): ProviderDocument => ({
    hosts: ['a.example', 'b.example'],
    endpoints: { token, ...(refresh === undefined ? {} : { refresh }) },
  });
  const define = (document: ProviderDocument, like: Provider): Defined =>
    defineProvider(document, { name: 'shop', like, find: () => undefined });
  const like = define(documentOf('/exchange', 'a.example/token'), standardProvider).provider as Provider;
  const refresh = '/token is at a.example (as in the provider that this one is like)';
  for (const [token, hosts] of [
    ['b.example/token', 'b.example'],
    ['/token', 'all hosts'],
  ] as const) {
    const message = `${refresh}, but in endpoints.token at ${hosts}: a path has the same hosts in both lists`;
    t.same(define(documentOf(token), like).mistakes, [{ path: 'endpoints.refresh', message }]);
  }
  const hosts = new Map([['/token', ['a.example']]]);
  t.match(define(documentOf('a.example/token'), like), { mistakes: [], provider: { pathHosts: hosts } });
  t.end();
});

t.test('mistakes in the hosts of paths', (t) => {
  const places = (document: object): string[] =>
    mistakesOf(t, { 'shop.json': JSON.stringify({ hosts: ['a.example', 'b.example'], ...document }) }).map((text) =>
      text.replace(/^\S+ /, ''),
    );
  t.same(places({ endpoints: { token: 'c.example/token' } }), [
    'endpoints.token: c.example is not among the hosts of this file',
  ]);
  t.same(places({ endpoints: { token: ['a.example/token', 'a.example/token'] } }), [
    'endpoints.token: a.example/token is listed twice',
  ]);
  t.same(places({ endpoints: { token: ['a.example/token', '/token'] } }), ['endpoints.token: /token is listed twice']);
  t.same(places({ endpoints: { token: 'a.example/token', refresh: 'b.example/token' } }), [
    'endpoints.refresh: /token is at b.example, but in endpoints.token at a.example: ' +
      'a path has the same hosts in both lists',
  ]);
  const mixed = 'a path has the same hosts in both lists';
  t.same(places({ endpoints: { token: '/token', refresh: 'b.example/token' } }), [
    `endpoints.refresh: /token is at b.example, but in endpoints.token at all hosts: ${mixed}`,
  ]);
  t.same(places({ endpoints: { token: ['a.example/token', 'b.example/token'], refresh: '/token' } }), [
    `endpoints.refresh: /token is at all hosts, but in endpoints.token at a.example and b.example: ${mixed}`,
  ]);
  t.same(places({ endpoints: { token: ['/token', 'a.example/token'] } }), ['endpoints.token: /token is listed twice']);
  const [one, other] = ['a.example/token', 'b.example/token'];
  t.same(places({ endpoints: { token: [one, other], refresh: [other, one] } }), [], 'in another order');
  // what is wrong in itself says nothing about the other list
  t.same(places({ endpoints: { token: 1, refresh: one } }).length, 1);
  t.same(places({ endpoints: { token: '{shop}.example/token' } }), [
    'endpoints.token: the variable {shop} is not among the variables of this file',
    'endpoints.token: {shop}.example is not among the hosts of this file',
  ]);
  const path = 'a path that begins with /, without : and *';
  t.same(places({ endpoints: { login: 'a.example/login' } }), [
    `endpoints.login: expected: the login page: ${path}. No client asks for it, got "a.example/login"`,
  ]);
  t.match(places({ endpoints: { token: 'A.example/token' } })[0], `${path}, alone or after its only host`);
  t.same(
    places({ endpoints: { token: ['a.example/token', 'b.example/token'], api: ['a.example/', 'b.example/'] } }),
    [],
  );
  t.end();
});
