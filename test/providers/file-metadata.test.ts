import { readFileSync } from 'node:fs';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { defineProvider } from '../../src/providers/files/define-provider.js';
import { findProvider } from '../../src/providers/index.js';
import { standardProvider } from '../../src/providers/standard-provider.js';
import { startServer } from '../support.js';
import { Shop, folderOf } from './files/shop.js';
import { Visit, auto, location } from './visit.js';
import type { Test } from 'tap';
import type { ProviderDocument } from '../../src/providers/files/schema/document.js';
import type { Provider } from '../../src/providers/provider.js';

const basis = { name: 'acme', like: standardProvider, find: findProvider };

function made(document: ProviderDocument): Provider {
  const { provider, mistakes } = defineProvider(document, basis);
  if (provider === undefined) throw new Error(JSON.stringify(mistakes));
  return provider;
}

async function visitOf(t: Test, document: ProviderDocument): Promise<Visit> {
  const server = await startServer([], 'silent', undefined, [made(document)]);
  t.teardown(() => server.close());
  return new Visit(server, 'acme');
}

const json = async (response: Promise<Response>): Promise<unknown> => (await response).json();

t.test('a file without endpoints has metadata, userinfo and iss as standard has', async (t) => {
  const { endpoints, policy } = made({ title: 'Acme' });
  t.same([endpoints, policy], [{ ...standardProvider.endpoints, refresh: [], jwks: [] }, standardProvider.policy]);
});

t.test('a file with endpoints has metadata, userinfo and iss only if it says so', async (t) => {
  const { endpoints, policy } = made({ endpoints: { token: '/oauth/token' }, policy: { accessToken: '5m' } });
  t.same([endpoints.userinfo, endpoints.metadata, policy.issuerInRedirect], [[], [], 'absent']);
  t.same([endpoints.authorize, policy.accessTokenSeconds], [['/authorize'], 300], 'the rest is as there');
  t.equal(made({ endpoints: { metadata: '/about' } }).policy.issuerInRedirect, 'sent');
  t.equal(
    made({ endpoints: { userinfo: '/me' }, policy: { issuerInRedirect: 'sent' } }).policy.issuerInRedirect,
    'sent',
  );
});

t.test('templates write metadata, userinfo and the parameters of redirects', async (t) => {
  const visit = await visitOf(t, {
    variables: { tenant: { example: 'common' } },
    endpoints: {
      authorize: '/{tenant}/authorize',
      token: '/{tenant}/token',
      userinfo: '/{tenant}/user',
      metadata: ['/{tenant}/.well-known/openid-configuration', '/about'],
    },
    answers: {
      metadata: {
        body: {
          issuer: '{{ base_url }}/{{ path.tenant }}/v2',
          token_endpoint: '{{ metadata.token_endpoint }}',
          tenant: '{{ path.tenant }}',
        },
      },
      userinfo: {
        body: { id: '{{ user.id }}', of: '{{ client.id }}', in: '{{ path.tenant }}', scopes: '{{ scopes }}' },
      },
      callback: { code: '{{ code }}', issuer: '{{ iss }}', at: '{{ base_url }}' },
    },
    errors: { callback: { problem: '{{ error }}', issuer: '{{ iss }}' } },
  });
  t.same(await json(visit.fetch('/mine/.well-known/openid-configuration')), {
    issuer: `${visit.base}/mine/v2`,
    token_endpoint: `${visit.base}/mine/token`,
    tenant: 'mine',
  });
  const placed = visit.server.url + '/.well-known/oauth-authorization-server' + visit.path;
  t.match(await json(fetch(placed)), { tenant: 'common' });

  const back = location(await visit.fetch(visit.authorizeUrl({ state: 's' }, '/mine/authorize')));
  t.same([...back.searchParams.keys()], ['code', 'issuer', 'at']);
  t.same([back.searchParams.get('issuer'), back.searchParams.get('at')], [visit.base, visit.base]);
  visit.policy({ interaction: auto('deny'), issuerInRedirect: 'absent' });
  const denied = location(await visit.fetch(visit.authorizeUrl({}, '/mine/authorize')));
  t.same([...denied.searchParams], [['problem', 'access_denied']], 'without iss its member is left out');

  visit.policy({ interaction: auto() });
  const { access } = await visit.pair();
  const headers = { authorization: `Bearer ${access}` };
  t.same(await json(visit.fetch('/mine/user', { headers })), {
    id: 'ada@example.test',
    of: 'understudy-client',
    in: 'mine',
    scopes: ['profile', 'email'],
  });
});

t.test('mistakes about metadata and userinfo are told at their place', async (t) => {
  const told = (document: ProviderDocument): unknown =>
    defineProvider(document, basis).mistakes.map(({ path, message }) => `${path}: ${message}`);
  t.same(told({ endpoints: { userinfo: '/a', metadata: '/a' } }), [
    'endpoints.metadata: /a is also a path of the endpoint userinfo',
  ]);
  t.same(told({ answers: { metadata: { body: { a: '{{ user.id }}' } } } }), [
    'answers.metadata.body.a: there is no variable "user"; known: metadata, path, base_url',
  ]);
  t.same(told({ answers: { userinfo: { body: '{{ user.password }}' } } }), [
    'answers.userinfo.body: "user" has no member "password"; known: id, username, name, profile, suspended',
  ]);
});

t.test('the recipe of an issuer with a path serves both well-known paths, and the issuer is one', async (t) => {
  const page = readFileSync(new URL('../../docs/how-to/bring-your-own-provider.md', import.meta.url), 'utf8');
  const recipe = page.slice(page.indexOf('# providers/acme.yaml')).split('```', 1)[0]!;
  const folder = folderOf(t, { 'acme.yaml': recipe });
  const server = await start({ providers: folder });
  t.teardown(() => server.close());
  const world = server.world();
  const interaction = { mode: 'auto', user: 'ada@example.test', decision: 'allow' } as const;
  await world.providers.policy({ provider: 'acme', interaction });
  const base = `${server.url}/acme`;
  const read = async (path: string): Promise<Record<string, string>> =>
    (await (await fetch(base + path)).json()) as Record<string, string>;
  const metadata = await read('/blue/v2.0/.well-known/openid-configuration');
  const issuer = `${base}/blue/v2.0`;
  t.match(metadata, {
    issuer,
    jwks_uri: `${issuer}/keys`,
    token_endpoint: `${issuer}/token`,
    subject_types_supported: ['public'],
  });
  t.same(await read('/.well-known/oauth-authorization-server/blue/v2.0'), metadata);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: Shop.client.id,
    redirect_uri: Shop.redirectUri,
    scope: 'openid',
    state: 's',
  });
  const sent = await fetch(`${String(metadata.authorization_endpoint)}?${query.toString()}`, { redirect: 'manual' });
  const back = new URL(String(sent.headers.get('location'))).searchParams;
  t.equal(back.get('iss'), issuer);
  const answer = await fetch(String(metadata.token_endpoint), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: String(back.get('code')),
      redirect_uri: Shop.redirectUri,
      client_id: Shop.client.id,
      client_secret: Shop.client.secret,
    }),
  });
  const { id_token: token = '' } = (await answer.json()) as { id_token?: string };
  t.match(JSON.parse(Buffer.from(String(token.split('.')[1]), 'base64url').toString()), { iss: issuer });
});
