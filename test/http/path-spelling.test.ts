import t from 'tap';
import { request } from '../raw.js';
import { startServer } from '../support.js';
import { Visit, credentials } from '../providers/visit.js';
import type { PathSpelling } from '../../src/core/policy.js';

const server = await startServer();
t.teardown(() => server.close());

const post = 'Content-Type: application/x-www-form-urlencoded';
const ask = new URLSearchParams({
  grant_type: 'client_credentials',
  ...credentials,
}).toString();

/** Statuses of a token request at some spellings of its path. */
async function statuses(client: Visit, paths: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  for (const path of paths) {
    found.push((await request(server.url, `POST ${client.path}${path}`, [post], ask)).status);
  }
  return found;
}

t.test('DottedSign: spellings that Rails routes, and others [dottedsign.paths.spelling]', async (t) => {
  const client = new Visit(server, 'dottedsign');
  const routed = ['/oauth/token/', '/oauth/token.json', '/oauth//token', '//oauth///token//', '/oauth/token.xml/'];
  t.same(
    await statuses(client, routed),
    routed.map(() => 200),
  );
  t.same(await statuses(client, ['/v1/oauth/token.a?x=a.b/', '/oauth/token?x=//']), [200, 200]);
  const unrouted = [
    '/OAuth/Token',
    '/oauth/%74oken',
    '/oauth/token.',
    '/oauth/.json',
    '/oauth/token.a.b',
    '/oauth/token/x',
  ];
  t.same(
    await statuses(client, unrouted),
    unrouted.map(() => 404),
  );
  t.equal(client.entry().reason, 'request.path-unknown');
  t.equal(client.entry().url, `${client.path}/oauth/token/x`, 'the journal has the path as sent');
});

t.test('each spelling is a policy of its own, at every provider', async (t) => {
  for (const name of ['mailup', 'tinyemail', 'dottedsign']) {
    const client = new Visit(server, name);
    const path = client.provider.endpoints.token[0];
    const written: Record<PathSpelling, string> = {
      'trailing-slash': `${path}/`,
      'double-slash': path.replace(/\/(?=[^/]*$)/, '//'),
      'format-suffix': `${path}.json`,
      'encoded-letters': path.replace(/n$/i, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    };
    for (const spelling of Object.keys(written) as PathSpelling[]) {
      client.policy({ pathSpelling: [] });
      t.same(await statuses(client, [written[spelling], path]), [404, (await statuses(client, [path]))[0]], spelling);
      client.policy({ pathSpelling: [spelling] });
      t.not((await statuses(client, [written[spelling]]))[0], 404, `${name} ${spelling}`);
    }
  }
});

t.test('paths of the API have the same spellings, and a stub keeps its own', async (t) => {
  const client = new Visit(server, 'dottedsign', {
    resources: [
      { method: 'GET', path: '/v1/report.pdf', status: 201 },
      { method: 'GET', path: '/folder/', status: 202 },
      { method: 'GET', path: '/files/:name', body: {} },
    ],
  });
  const { access } = await client.pair();
  const status = async (path: string): Promise<number> =>
    (await request(server.url, `GET ${client.path}${path}`, [`Authorization: Bearer ${access}`])).status;
  for (const path of [
    '/v1/members/me/',
    '/v1//members/me',
    '/v1//members/me/',
    '/v1//members/me.json',
    '//v1/members/me',
    '/v1/members/me.json',
  ]) {
    t.equal(await status(path), 200, path);
  }
  t.equal(await status('/v1/members/%6de'), 404, 'encoded letters');
  t.equal(await status('/%761/members/me'), 404, 'encoded letters in the base');
  t.equal(await status('/v1/sign_tasks/%31'), 200, 'a parameter is decoded');
  t.equal(await status('/v1/report.pdf'), 201);
  t.equal(await status('/v1/report'), 404);
  t.equal(await status('/v1/folder/'), 202);
  t.equal(await status('/v1/files/'), 404, 'an empty segment is no value');
  client.policy({ pathSpelling: ['encoded-letters'] });
  t.equal(await status('/v1/members/%6de'), 200);
  t.equal(await status('/v1/members/me/'), 404);
});

t.test('an empty segment is no value of a path parameter, at any provider', async (t) => {
  for (const name of ['mailup', 'tinyemail', 'dottedsign']) {
    const client = new Visit(server, name, {
      policy: { pathSpelling: [] },
      resources: [{ method: 'POST', path: '/groups/:group/recipients' }],
    });
    const { access } = await client.pair();
    t.equal((await client.api('/groups/1/recipients', access, { method: 'POST' })).status, 200);
    t.equal((await client.api('/groups//recipients', access, { method: 'POST' })).status, 404);
  }
});

t.test('many slashes and dots take no long time', async (t) => {
  const client = new Visit(server, 'dottedsign');
  const begun = performance.now();
  t.same(await statuses(client, [`/oauth${'/'.repeat(7000)}x`, `/oauth/${'.'.repeat(7000)}`]), [404, 404]);
  t.ok(performance.now() - begun < 1000);
});
