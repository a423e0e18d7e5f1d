import t from 'tap';
import { start } from '../../src/client/index.js';
import { adminOf } from '../admin/calls.js';
import { atHost } from './at-host.js';
import { mistakesOf } from './files/shop.js';
import type { Test } from 'tap';
import type { Understudy, World } from '../../src/client/index.js';
import type { Call, Problem } from '../admin/calls.js';

async function open(t: Test): Promise<{ server: Understudy; world: World; call: Call }> {
  const server = await start();
  t.teardown(() => server.close());
  const world = await server.newWorld();
  return { server, world, call: adminOf(world.baseUrl) };
}

const redirectUri = 'http://localhost:3000/callback';
const query = new URLSearchParams({
  response_type: 'code',
  client_id: 'understudy-client',
  redirect_uri: redirectUri,
  state: 's',
}).toString();

t.test('names of members that every object has are members like others', async (t) => {
  const { world, call } = await open(t);
  const document = `{
    "answers": { "token": { "body": { "__proto__": { "a": "{{ token_type }}" }, "constructor": "{{ grant_type }}" } } },
    "scopes": { "constructor": "Make", "toString": "Write" },
    "parameters": { "grantTypes": { "constructor": "client_credentials" } },
    "policy": { "grants": ["client_credentials"] },
    "resources": [{ "path": "/l", "authentication": "none", "list": { "key": "constructor", "items": [{ "a": 1 }] } }]
  }`;
  t.match(await call('PUT /providers/odd', document), { status: 200 });
  const { tokenUrl, apiUrl } = (await world.info()).providers.odd!;
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` },
    body: new URLSearchParams({ grant_type: 'constructor', scope: 'constructor' }),
  });
  t.equal(await answer.text(), '{"__proto__":{"a":"Bearer"},"constructor":"client_credentials"}');
  const added = await fetch(`${apiUrl}/l`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"__proto__":{"polluted":true}}',
  });
  t.equal(added.status, 201);
  t.equal(await (await fetch(`${apiUrl}/l/null`)).text(), '{"a":1}', 'an item without its key');
  t.notOk('polluted' in {});
  t.match(await call<Problem>('PUT /providers/constructor', {}), {
    status: 400,
    body: {
      errors: [
        { path: 'provider', message: '"constructor" is a member of every object in JavaScript: choose another name' },
      ],
    },
  });
  const refused = '{ "__proto__": { "like": "mailup" }, "errors": { "reasons": { "__proto__": { "status": 400 } } } }';
  t.match(await call<Problem>('PUT /providers/other', refused), {
    status: 400,
    body: { errors: [{ path: '__proto__' }, { path: 'errors.reasons.__proto__' }] },
  });
});

t.test('a document that is nested too deep, or has aliases that grow, is refused', async (t) => {
  const { call } = await open(t);
  const deep = `{"answers":{"token":{"body":${'['.repeat(5000)}${']'.repeat(5000)}}}}`;
  t.match(await call<Problem>('PUT /providers/deep', deep), { status: 400, body: { detail: /nested deeper/ } });
  const body = '{% if scope %}'.repeat(1400);
  t.match(await call<Problem>('PUT /providers/deep', JSON.stringify({ answers: { token: { body } } })), {
    status: 400,
    body: { errors: [{ path: 'answers.token.body', message: /not closed|nested too deep/ }] },
  });
  const grow = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [i, name] of ['b', 'c', 'd', 'e', 'f', 'g', 'h'].entries()) {
    grow.push(`${name}: &${name} [${`*${'abcdefg'[i]}, `.repeat(10)}]`);
  }
  t.match(mistakesOf(t, { 'grow.yaml': grow.join('\n') })[0], /alias/i);
  t.end();
});

t.test('a provider with a host of this server does not take its admin API', async (t) => {
  const { server, world } = await open(t);
  await world.defineProvider('mine', { hosts: ['understudy.internal', 'localhost.localdomain'] });
  for (const host of ['understudy.internal', 'localhost.localdomain', '127.0.0.1']) {
    t.equal((await atHost(server.url, host, '/__admin/health')).status, 200, host);
    t.equal((await atHost(server.url, host, '/mailup/x')).status, 404, host);
  }
});

t.test('a provider that is removed or replaced while its login page is open takes no login from it', async (t) => {
  const { world } = await open(t);
  for (const change of ['remove', 'replace'] as const) {
    const { authorizeUrl } = await world.defineProvider('acme', { title: change });
    const page = await fetch(`${authorizeUrl}?${query}`);
    const html = await page.text();
    const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(html) ?? [];
    const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const cookie = page.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
    if (change === 'remove') await world.removeProvider('acme');
    else await world.defineProvider('acme', { title: 'Another' });
    const posted = await fetch(new URL(action.replaceAll('&amp;', '&'), page.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams([
        ...fields.map(([, name = '', value = '']): [string, string] => [name, value]),
        ['username', 'ada@example.test'],
        ['password', 'understudy'],
      ]),
    });
    const location = new URL(posted.headers.get('location') ?? page.url, page.url);
    t.equal(posted.status, change === 'remove' ? 404 : 303);
    if (change === 'replace') t.match(location.pathname, /acme\/authorize$/, 'the login begins again');
  }
});
