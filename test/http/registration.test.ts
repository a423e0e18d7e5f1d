import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { AuthorizeError, authorize, start } from '../../src/client/index.js';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { basic } from '../providers/visit.js';
import { request } from '../raw.js';
import { demo } from '../support.js';
import type { StartOptions } from '../../src/client/index.js';
import type { Test } from 'tap';
import type { Server } from '../../src/server.js';
import type { Scenario } from '../../src/world/scenario/schema/scenario.js';

const sh = promisify(execFile);
const paths = { mailup: '/Authorization/OAuth/LogOn', dottedsign: '/oauth/authorize' } as const;
type Name = keyof typeof paths;

/** A URI that shells, HTML and JSON would all read differently if it was not quoted. */
const awkward = `http://localhost:5000/it's/"$(id)"/<b>?a=1&b=\`id\`;`;

async function serve(t: Test, options: StartOptions = {}): Promise<Server> {
  const server = await openServer(configOf({ port: 0, logLevel: 'silent', ...options }));
  t.teardown(() => server.close());
  return server;
}

const authorizeUrl = (server: string, name: Name, uri: string, id: string = demo.id): string =>
  `${server}/${name}${paths[name]}?${new URLSearchParams({ response_type: 'code', client_id: id, redirect_uri: uri }).toString()}`;

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** The commands that a page shows. */
function commandsIn(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/<code data-command="(\w+)">([^<]*)<\/code>/g)].map(([, name = '', text = '']) => [
      name,
      text.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (each) => entities[each] ?? ''),
    ]),
  );
}

/** The commands of the refusal page, at which a login can end. */
async function shown(url: string): Promise<Record<string, string>> {
  const refused: unknown = await authorize(url).catch((error: unknown) => error);
  if (!(refused instanceof AuthorizeError)) throw new Error('it was not refused');
  return commandsIn(refused.page);
}

const scenario: Scenario = {
  extends: 'default',
  providers: { mailup: { clients: [{ id: "it's 2/3", secret: 'own', redirectUris: ['app:/cb'] }] } },
};

void t.test('the shown admin call registers the URI, and the authorization succeeds', async (t) => {
  for (const options of [{}, { adminToken: 'only-for-tests' }]) {
    const { url } = await serve(t, options);
    for (const name of ['mailup', 'dottedsign'] as const) {
      const uri = name === 'mailup' ? awkward : `http://localhost:5000/it's?a=1&b=$(id)`;
      const { call = '' } = await shown(authorizeUrl(url, name, uri));
      t.equal(call.includes('$UNDERSTUDY_ADMIN_TOKEN'), 'adminToken' in options, call);
      t.notMatch(call, 'only-for-tests', 'the token is not shown');
      const env = { ...process.env, UNDERSTUDY_ADMIN_TOKEN: 'only-for-tests' };
      const { stdout } = await sh('bash', ['-c', call], { env });
      t.match(JSON.parse(stdout), { redirectUris: [demo.redirectUri, 'http://127.0.0.1:3000/callback', uri] });
      const { redirectTo } = await authorize(authorizeUrl(url, name, uri));
      t.match(redirectTo, 'code=');
    }
  }
});

void t.test('the call is for the client and the world of the request', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const world = await server.newWorld({ scenario });
  const { call = '', start: command } = await shown(authorizeUrl(world.baseUrl, 'mailup', awkward, "it's 2/3"));
  await sh('bash', ['-c', call]);
  const client = (await world.clients.list({ provider: 'mailup' })).find(({ id }) => id === "it's 2/3");
  t.match(client, { redirectUris: ['app:/cb', awkward], secret: 'own' });
  t.strictSame((await server.world().clients.list({ provider: 'mailup' })).length, 1, 'another world is unchanged');
  t.match(command, String.raw`npx understudy serve --client-id 'mailup=it'\''s 2/3' --redirect-uri 'mailup=http`);
});

void t.test('the options of the shown command register the URI', async (t) => {
  const read = async (command: string): Promise<string[]> => {
    const { stdout } = await sh('bash', ['-c', command.replace(/^npx understudy serve/, String.raw`printf '%s\n'`)]);
    return stdout.trimEnd().split('\n');
  };
  const { url } = await serve(t);
  const { start: first = '' } = await shown(authorizeUrl(url, 'mailup', awkward));
  t.strictSame(await read(first), ['--redirect-uri', awkward]);
  const again = await serve(t, { redirectUri: awkward });
  t.match((await authorize(authorizeUrl(again.url, 'mailup', awkward))).redirectTo, 'code=');

  const server = await start();
  t.teardown(() => server.close());
  const world = await server.newWorld({ scenario });
  const { start: other = '' } = await shown(authorizeUrl(world.baseUrl, 'mailup', awkward, "it's 2/3"));
  const [, clientId = '', , redirectUri = ''] = await read(other);
  const changed = await start({ clientId, redirectUri });
  t.teardown(() => changed.close());
  const same = await changed.newWorld({ scenario });
  const { code } = await authorize(authorizeUrl(same.baseUrl, 'mailup', awkward, "it's 2/3"));
  const answer = await fetch(`${same.baseUrl}/mailup/Authorization/OAuth/Token`, {
    method: 'POST',
    headers: { authorization: basic("it's 2/3", 'own') },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: String(code), redirect_uri: awkward }),
  });
  t.equal(answer.status, 200, 'the client keeps its secret');
});

void t.test('a client that the scenario does not have is changed by the call alone', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  await server.world().clients.add({ provider: 'mailup', id: 'added' });
  const commands = await shown(authorizeUrl(server.url, 'mailup', 'app:/cb', 'added'));
  t.strictSame(Object.keys(commands), ['call']);
  const empty = await server.newWorld({ scenario: {} });
  await empty.clients.add({ provider: 'mailup', id: 'added' });
  t.strictSame(Object.keys(await shown(authorizeUrl(empty.baseUrl, 'mailup', 'app:/cb', 'added'))), ['call']);
});

void t.test('where the admin API is off, the command alone is shown', async (t) => {
  const { url } = await serve(t, { host: '127.0.0.2' });
  t.strictSame(Object.keys(await shown(authorizeUrl(url, 'mailup', 'app:/cb'))), ['start']);
});

void t.test('the call has a URL at which the admin API answers', async (t) => {
  const { url } = await serve(t);
  const target = authorizeUrl('', 'mailup', 'app:/cb');
  const at = async (host: string, path = target): Promise<Record<string, string>> =>
    commandsIn((await request(url, `GET ${path}`, [`Host: ${host}`, 'Accept: text/html'])).body);
  const ofProvider = await at('services.mailup.com', target.replace('/mailup', ''));
  t.match(ofProvider.call, `curl -X PATCH '${url}/__admin/providers/mailup/clients/`);
  t.match((await at('understudy:8080')).call, `curl -X PATCH 'http://understudy:8080/__admin/`);
  t.match((await at("a';id;'")).call, String.raw`curl -X PATCH 'http://a'\'';id;'\''/__admin/`);
  t.strictSame(Object.keys(await at('caf\xe9')), ['start'], 'no call for a host that is no host');
  const based = await serve(t, { baseUrl: 'https://mock.test/base' });
  t.match((await shown(authorizeUrl(based.url, 'mailup', 'app:/cb'))).call, `'https://mock.test/base/__admin/`);
});

void t.test('a client that comes by the forward proxy is shown the address of the server', async (t) => {
  const { url, proxyUrl = '' } = await serve(t, { proxy: true, caDir: t.testdir({}), trustProxy: true });
  const target = authorizeUrl('', 'mailup', 'app:/cb').replace('/mailup', '');
  const { body } = await request(proxyUrl, `GET http://services.mailup.com${target}`, [
    'Host: services.mailup.com',
    'X-Forwarded-Host: understudy',
    'Accept: text/html',
  ]);
  t.match(commandsIn(body).call, `curl -X PATCH '${url}/__admin/providers/mailup/clients/`);
});

void t.test('nothing is shown for a URI that cannot be registered, or for another refusal', async (t) => {
  const { url } = await serve(t);
  for (const uri of [
    'not a uri',
    'http://a.test/\n',
    'http://a.test/\x1b[2J',
    'http://a.test/é',
    'http://a.test/#fragment',
    'javascript:alert(1)',
    `http://a.test/${'x'.repeat(2000)}`,
  ]) {
    t.strictSame(await shown(authorizeUrl(url, 'mailup', uri)), {}, JSON.stringify(uri));
  }
  t.strictSame(await shown(authorizeUrl(url, 'mailup', demo.redirectUri, 'nobody')), {});

  const server = await start();
  t.teardown(() => server.close());
  const redirectUris = Array.from({ length: 100 }, (_, i) => `app:/${i}`);
  await server.world().clients.update({ provider: 'mailup', id: demo.id, redirectUris });
  t.strictSame(await shown(authorizeUrl(server.url, 'mailup', 'app:/cb')), {}, 'a client has at most 100');
});
