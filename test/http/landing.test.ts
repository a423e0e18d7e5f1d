import t from 'tap';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { version } from '../../src/package.js';
import { request } from '../raw.js';
import type { Test } from 'tap';
import type { Config } from '../../src/config.js';

const html = 'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

async function serve(t: Test, config: Partial<Config> = {}): Promise<{ url: string; entries: () => number }> {
  const server = await openServer({ ...configOf({ port: 0, logLevel: 'silent' }), ...config });
  t.teardown(() => server.close());
  const mine = server.worlds.open({ id: 'mine' });
  const worlds = [server.worlds.use('default'), mine];
  return {
    url: server.url,
    entries: () => worlds.reduce((sum, world) => sum + (world?.journal.size ?? 0), 0),
  };
}

t.test('a path that only begins like the admin API is an unknown path', async (t) => {
  const { url } = await serve(t);
  for (const path of ['/__adminx', '/__adminx/health', '/w/mine/__adminx']) {
    t.match(await request(url, `GET ${path}`), { status: 404, body: /"title":"Nothing here"/ }, path);
  }
  t.match(await request(url, 'GET /__admin/nothing'), { status: 404, body: /"title":"Unknown call"/ });
});

t.test('a browser is sent to the panel, and nothing is in the journal', async (t) => {
  const { url, entries } = await serve(t);
  for (const [path, view] of Object.entries({
    '/': '',
    '/?x=1': '',
    '/mailup': 'start?provider=mailup',
    '/tinyemail/': 'start?provider=tinyemail',
    '/w/mine': '?world=mine',
    '/w/mine/': '?world=mine',
    '/w/mine?x=1': '?world=mine',
    '/w/mine/dottedsign': 'start?world=mine&provider=dottedsign',
    '/__admin': '',
    '/__admin/': '',
    '/w/mine/__admin': '?world=mine',
    // the panel says that there is no such world, and offers to make it
    '/w/nope': '?world=nope',
    '/w/nope/__admin': '?world=nope',
  })) {
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await request(url, `${method} ${path}`, [html]);
      t.match([status, headers.location], [302, `${url}/__admin/ui/${view}`], `${method} ${path}`);
      t.match(headers, { vary: 'Accept', 'cache-control': 'no-store' });
    }
  }
  t.equal(entries(), 0);
});

t.test('a program gets an index, and nothing is in the journal', async (t) => {
  const { url, entries } = await serve(t);
  const index = async (path: string, ...headers: string[]): Promise<unknown> => {
    const answer = await request(url, `GET ${path}`, headers);
    t.match(answer, { status: 200, headers: { 'content-type': 'application/json; charset=utf-8', vary: 'Accept' } });
    return JSON.parse(answer.body);
  };
  const server = {
    name: 'understudy',
    version,
    world: 'default',
    panelUrl: `${url}/__admin/ui/`,
    adminUrl: `${url}/__admin`,
    docsUrl: `${url}/__admin/docs`,
    openApiUrl: `${url}/__admin/openapi.json`,
  };
  const mailup = (base: string): object => ({
    baseUrl: `${base}/mailup`,
    authorizeUrl: `${base}/mailup/Authorization/OAuth/LogOn`,
    tokenUrl: `${base}/mailup/Authorization/OAuth/Token`,
    apiUrl: `${base}/mailup/API/v1.1/Rest`,
  });
  t.match(await index('/'), { ...server, providers: { mailup: mailup(url), tinyemail: {}, dottedsign: {} } });
  t.match(await index('/mailup/'), {
    ...server,
    panelUrl: `${url}/__admin/ui/start?provider=mailup`,
    provider: 'mailup',
    title: 'MailUp',
    origin: 'https://services.mailup.com',
    ...mailup(url),
  });
  const inMine = { world: 'mine', panelUrl: `${url}/__admin/ui/?world=mine`, adminUrl: `${url}/w/mine/__admin` };
  t.match(await index('/w/mine/'), { ...inMine, providers: { mailup: mailup(`${url}/w/mine`) } });
  t.match(await index('/w/mine/mailup'), { world: 'mine', ...mailup(`${url}/w/mine`) });
  t.match(await index('/__admin/'), { ...server, calls: [{ call: 'GET /__admin/health', summary: String }] });
  t.match(await index('/w/mine/__admin'), { ...inMine, calls: [] });
  for (const accept of ['*/*', 'application/json', 'application/json, text/html;q=0.9', 'text/html;q=0']) {
    t.match(await index('/', `Accept: ${accept}`), { name: 'understudy' }, accept);
  }
  const head = await request(url, 'HEAD /mailup');
  t.match([head.status, head.body, Number(head.headers['content-length']) > 100], [200, '', true]);
  t.equal(entries(), 0);
});

t.test('what asks for something else is answered as before', async (t) => {
  const { url, entries } = await serve(t);
  for (const path of ['/w/', '/w', '//', '/Mailup']) {
    t.equal((await request(url, `GET ${path}`, [html])).status, 404, path);
  }
  for (const path of ['/w/none', '/w/none/', '/w/none/mailup', '/w/none/__admin']) {
    t.equal((await request(url, `GET ${path}`)).status, 404, path);
  }
  for (const path of ['/', '/w/mine', '/__admin']) t.equal((await request(url, `POST ${path}`)).status, 404, path);
  t.equal((await request(url, 'PUT /__admin/')).status, 404);
  t.equal(entries(), 0);
  t.match(
    (await request(url, 'POST /mailup')).body,
    '/mailup/Authorization/OAuth/Token',
    'the refusal of the provider',
  );
  t.equal((await request(url, 'GET /w/mine/mailup//')).status, 404);
  t.equal(entries(), 2, 'they are in the journal');
});

t.test('a request to the host of a provider does not reach the panel', async (t) => {
  const { url, entries } = await serve(t);
  const host = 'Host: services.mailup.com';
  for (const path of ['/', '/mailup', '/w/mine', 'http://services.mailup.com/']) {
    const { status, headers } = await request(url, `GET ${path}`, [host, html]);
    t.match([status, headers.location], [404, undefined], path);
  }
  t.equal(entries(), 4);
  t.equal((await request(url, 'GET /__admin', [host, html])).status, 403);
  t.equal((await request(url, 'GET /w/mine/', [host, html])).status, 404);
  t.match((await request(url, 'GET http://example.test/', [html])).body, 'Nothing is served at');
});

t.test('several lines Host are refused', async (t) => {
  const { url } = await serve(t);
  t.equal((await request(url, 'GET /', ['Host: localhost', 'Host: other', html])).status, 400);
});

t.test('with a base URL that has a path, the panel is below it', async (t) => {
  const baseUrl = 'http://proxy.test/mock';
  const { url } = await serve(t, { baseUrl });
  for (const [path, view] of Object.entries({
    '/': '',
    '/mock': '',
    '/mock/': '',
    '/mock/w/mine': '?world=mine',
    '/mailup': 'start?provider=mailup',
    '/mock/mailup/': 'start?provider=mailup',
    '/mock/__admin/': '',
  })) {
    const { headers } = await request(url, `GET ${path}`, ['Host: proxy.test', html]);
    t.equal(headers.location, `${baseUrl}/__admin/ui/${view}`, path);
  }
  t.match(JSON.parse((await request(url, 'GET /mock/mailup')).body), { baseUrl: `${baseUrl}/mailup` });
});

t.test('with an admin token, the index of the admin API needs it; the other indexes have no secret', async (t) => {
  const { url } = await serve(t, { adminToken: 'open-sesame-0123456789' });
  t.equal((await request(url, 'GET /__admin')).status, 401);
  t.equal((await request(url, 'GET /__admin', ['Authorization: Bearer open-sesame-0123456789'])).status, 200);
  t.equal((await request(url, 'GET /__admin', [html])).status, 302, 'the panel asks for the token itself');
  for (const path of ['/', '/w/mine', '/mailup']) {
    const { status, body } = await request(url, `GET ${path}`);
    t.equal(status, 200, path);
    t.notMatch(body, /secret|sesame|password/i, path);
  }
  for (const path of ['/', '/w/none']) {
    t.notMatch((await request(url, `GET ${path}`)).body, 'mine', 'nor the names of worlds');
  }
});
