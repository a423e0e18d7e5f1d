// Calls of an API whose path is that of an endpoint: no client would reach them.
import t from 'tap';
import { Shop, mistakesOf } from './files/shop.js';
import type { Test } from 'tap';
import type { ProviderDocument } from '../../src/providers/files/schema/document.js';

const me = [{ path: '/me', body: 'call' }];
const variables = { tenant: { example: 'common' } };

const mistakes = (t: Test, files: Readonly<Record<string, ProviderDocument>>): string[] => {
  const texts = Object.entries(files).map(([name, document]) => [`${name}.json`, JSON.stringify(document)] as const);
  return mistakesOf(t, Object.fromEntries(texts)).map((told) => told.replace(/^\S+ /, ''));
};

t.test('a call with the path of an endpoint is told, with the place', (t) => {
  const told = (path: string, endpoint: string): string =>
    `${path} is a path of the endpoint ${endpoint}, so that no client reaches the call of the API`;
  for (const endpoint of [
    'userinfo',
    'token',
    'revoke',
    'introspect',
    'metadata',
    'jwks',
    'login',
    'refresh',
  ] as const) {
    t.same(mistakes(t, { a: { endpoints: { [endpoint]: '/api/me' }, resources: [{ path: '/other' }, ...me] } }), [
      `resources.1.path: ${told('/api/me', endpoint)}`,
    ]);
  }
  const inTwo = { userinfo: '/v2/Me', api: ['/v1', '/v2'] };
  t.same(mistakes(t, { a: { endpoints: inTwo, resources: me } }), [`resources.0.path: ${told('/v2/me', 'userinfo')}`]);
  const list = [{ path: '/things', list: { items: [] } }];
  t.same(mistakes(t, { a: { endpoints: { revoke: '/api/things' }, resources: list } }), [
    `resources.0.path: ${told('/api/things', 'revoke')}`,
  ]);
  const ofTenant = { variables, endpoints: { userinfo: '/api/{tenant}' } };
  t.same(mistakes(t, { a: { ...ofTenant, resources: [{ path: '/{id}' }] } }), [
    `resources.0.path: ${told('/api/{id}', 'userinfo')}`,
  ]);
  t.same(
    mistakes(t, { base: { resources: me }, heir: { like: 'base', endpoints: { userinfo: '/api/me' } } }),
    [`endpoints.userinfo: ${told('/api/me', 'userinfo')}`],
    'a call of the provider that it is like',
  );
  t.end();
});

t.test('a call that clients can reach is left alone', (t) => {
  for (const endpoints of [{ userinfo: '/me' }, { userinfo: '/api/me/more' }, { userinfo: '/{tenant}/me' }]) {
    t.same(mistakes(t, { a: { variables, endpoints, resources: me } }), [], endpoints.userinfo);
  }
  t.same(mistakes(t, { a: { endpoints: { userinfo: '/api/me' }, resources: [{ path: '/{id}' }] } }), [], 'all but one');
  t.same(mistakes(t, { a: { like: 'mailup', title: 'A' } }), [], 'nothing of this file');
  t.end();
});

t.test('a variable before the base of the API hides nothing from the router, and one in it does', async (t) => {
  const answerAt = async (endpoints: ProviderDocument['endpoints']): Promise<unknown> => {
    const resources = [{ path: '/me', body: { from: 'call' } }];
    const shop = await Shop.open(t, { variables, endpoints: { ...endpoints }, resources });
    const { access_token: token } = await shop.tokens();
    return (await shop.get('/api/me', token)).json.from;
  };
  t.equal(await answerAt({ userinfo: '/{tenant}/me' }), 'call');
  await t.rejects(answerAt({ userinfo: '/api/{tenant}' }), /no client reaches the call of the API/);
});

t.test('a path that no client can ask for is a mistake, with its place', (t) => {
  const file = `hosts: [a.example, b.example]
endpoints:
  token: [/token, /x/../t, a.example/./t]
  authorize: /%zz
  revoke: /%74
  api: /a%20b
  login: /..
resources:
  - path: /x/..
  - path: /..x/...
  - { path: /notes%2F, list: {} }
`;
  const decoded = 'paths of requests are decoded before they are compared, so that no client reaches it';
  t.same(mistakesOf(t, { 'a.yaml': file }), [
    '3:19 endpoints.token.1: /x/../t has the segment .., which clients take out before they send a request',
    '3:28 endpoints.token.2: /./t has the segment ., which clients take out before they send a request',
    '4:3 endpoints.authorize: /%zz has %zz, which is no percent-encoding: % and two hexadecimal digits',
    `5:3 endpoints.revoke: /%74 has %74: ${decoded}; write t`,
    `6:3 endpoints.api: /a%20b has %20: ${decoded}`,
    '7:3 endpoints.login: /.. has the segment .., which clients take out before they send a request',
    '9:5 resources.0.path: /x/.. has the segment .., which clients take out before they send a request',
    `11:7 resources.2.path: /notes%2F has %2F: ${decoded}`,
  ]);
  t.end();
});
