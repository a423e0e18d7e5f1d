import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { run } from '../../src/commands/index.js';
import { readOptions } from '../../src/config/option.js';
import { configOf, options } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { adminOf } from '../admin/calls.js';
import { basic, hiddenFields } from '../providers/visit.js';
import { request } from '../raw.js';
import { demo } from '../support.js';
import type { RawAnswer } from '../raw.js';
import type { ProviderSummary } from '../../src/admin/schemas/providers.js';
import type { WorldAnswer } from '../../src/admin/schemas/worlds.js';

const page = readFileSync(new URL('../../docs/how-to/compose.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
type Environment = Readonly<Record<string, string>>;

/** The environments of the composition of the page, and its scenario file. */
const composed = parse(blocks[0] ?? '') as { services: Record<'understudy' | 'app', { environment: Environment }> };
const { understudy, app } = composed.services;
const scenario = blocks[1] ?? '';

/** Sends a request to the server at the name that the URL has, as the network of a browser or of a container does. */
function at(listening: string) {
  return (url: string, method = 'GET', headers: readonly string[] = [], body = ''): Promise<RawAnswer> => {
    const { host, pathname, search } = new URL(url);
    const form = body === '' ? [] : ['Content-Type: application/x-www-form-urlencoded'];
    return request(listening, `${method} ${pathname}${search}`, [`Host: ${host}`, ...form, ...headers], body);
  };
}

const person = { username: demo.username, password: demo.password };

/** Follows redirects and answers pages, as a person with a browser does. Returns the URLs: the last is the callback's. */
async function browse(send: ReturnType<typeof at>, first: string, callback: string): Promise<string[]> {
  const visited = [first];
  let cookie: string[] = [];
  let answer = await send(first);
  for (let step = 0; step < 10; step += 1) {
    const here = visited.at(-1)!;
    if (answer.headers['set-cookie'] !== undefined) cookie = [`Cookie: ${answer.headers['set-cookie'].split(';')[0]}`];
    const to = answer.headers.location;
    if (to !== undefined) {
      const next = new URL(to, here).href;
      visited.push(next);
      if (next.startsWith(callback)) return visited;
      answer = await send(next, 'GET', cookie);
    } else {
      const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(answer.body) ?? [];
      const fields = new URLSearchParams({ ...hiddenFields(answer.body), ...person, decision: 'allow' }).toString();
      answer = await send(new URL(action.replaceAll('&amp;', '&'), here).href, 'POST', cookie, fields);
    }
  }
  throw new Error(`no callback after ${visited.join(', ')}`);
}

void t.test('the composition of the page works for a browser on the host and a client in a container', async (t) => {
  const fixtures = mkdtempSync(join(tmpdir(), 'understudy-'));
  t.teardown(() => {
    rmSync(fixtures, { recursive: true });
  });
  writeFileSync(join(fixtures, 'tokens-of-a-minute.yaml'), scenario);
  const given = { port: ['0'], logLevel: ['silent'], fixtures: [fixtures] };
  const server = await openServer(readOptions(options, given, understudy.environment));
  t.teardown(() => server.close());
  const send = at(server.url);
  const {
    MAILUP_CLIENT_ID: id = '',
    MAILUP_CLIENT_SECRET: secret = '',
    MAILUP_REDIRECT_URI: callback = '',
  } = app.environment;

  /** Signs in: the browser with the URLs for browsers, then the client with those for containers. */
  const signIn = async (authorizeUrl: string, tokenUrl: string, apiUrl: string): Promise<string[]> => {
    const query = new URLSearchParams({ response_type: 'code', client_id: id, redirect_uri: callback }).toString();
    const visited = await browse(send, `${authorizeUrl}?${query}`, callback);
    const code = new URL(visited.at(-1)!).searchParams.get('code')!;
    const answer = await send(
      tokenUrl,
      'POST',
      [`Authorization: ${basic(id, secret)}`],
      new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback }).toString(),
    );
    const { access_token: token } = JSON.parse(answer.body) as { access_token: string };
    const info = await send(`${apiUrl}/ConsoleService.svc/Console/Authentication/Info`, 'GET', [
      `Authorization: Bearer ${token}`,
    ]);
    t.equal(info.status, 200, info.body);
    return visited;
  };

  const { MAILUP_AUTHORIZE_URL = '', MAILUP_TOKEN_URL = '', MAILUP_API_URL = '' } = app.environment;
  await signIn(MAILUP_AUTHORIZE_URL, MAILUP_TOKEN_URL, MAILUP_API_URL);

  const admin = [`Authorization: Bearer ${understudy.environment.UNDERSTUDY_ADMIN_TOKEN}`];
  const internalAdmin = `${understudy.environment.UNDERSTUDY_INTERNAL_URL}/__admin`;
  const described = await send(`${internalAdmin}/worlds/default`, 'GET', admin);
  const world = JSON.parse(described.body) as WorldAnswer;
  t.match(world.providers.mailup, {
    authorizeUrl: MAILUP_AUTHORIZE_URL,
  });
  t.match(world.internal?.providers.mailup, { tokenUrl: MAILUP_TOKEN_URL, apiUrl: MAILUP_API_URL });

  // a world with login pages: all of them are at the URL for browsers
  const put = await request(
    server.url,
    'PUT /__admin/worlds/pages',
    ['Host: understudy:8080', 'Content-Type: application/json', ...admin],
    '{"scenario":"default"}',
  );
  const { providers, internal } = JSON.parse(put.body) as WorldAnswer;
  const urls = internal!.providers.mailup!;
  const visited = await signIn(providers.mailup!.authorizeUrl, urls.tokenUrl, urls.apiUrl);
  t.ok(visited.length > 3, 'it has pages');
  t.ok(
    visited.slice(0, -1).every((url) => url.startsWith('http://localhost:8080/w/pages/mailup/')),
    visited.join(', '),
  );
});

void t.test('a world and a provider are described with both URLs, or with one', async (t) => {
  const both = await openServer(
    configOf({
      port: 0,
      logLevel: 'silent',
      baseUrl: 'https://mock.test/a',
      internalUrl: 'http://mock.ci.internal:81/',
    }),
  );
  t.teardown(() => both.close());
  const { body } = await adminOf(both.url)<WorldAnswer>('PUT /worlds/w', {});
  t.match(body, {
    baseUrl: 'https://mock.test/a/w/w',
    adminUrl: 'https://mock.test/a/w/w/__admin',
    internal: { baseUrl: 'http://mock.ci.internal:81/w/w', adminUrl: 'http://mock.ci.internal:81/w/w/__admin' },
  });
  t.equal(body.internal?.providers.tinyemail?.baseUrl, 'http://mock.ci.internal:81/w/w/tinyemail');
  const { body: list } = await adminOf(`${both.url}/w/w`)<{ providers: ProviderSummary[] }>('GET /providers');
  t.match(list.providers[0], {
    baseUrl: 'https://mock.test/a/w/w/mailup',
    internal: { baseUrl: 'http://mock.ci.internal:81/w/w/mailup' },
  });

  t.equal((await request(both.url, 'GET /__admin/clock', ['Host: mock.ci.internal:81'])).status, 200);
  t.equal((await request(both.url, 'GET /__admin/clock', ['Host: mock.test'])).status, 200);
  t.equal((await request(both.url, 'GET /__admin/clock', ['Host: ci.internal'])).status, 403);

  const one = await openServer(configOf({ port: 0, logLevel: 'silent' }));
  t.teardown(() => one.close());
  t.notOk('internal' in (await adminOf(one.url)<WorldAnswer>('GET /worlds/default')).body);
  t.notMatch((await adminOf(one.url)('GET /providers')).body, { providers: [{ internal: {} }] });
});

void t.test('the start prints both', async (t) => {
  const out: string[] = [];
  const code = await run(
    ['--port', '0', '--base-url', 'http://localhost:8080', '--internal-url', 'http://understudy:8080'],
    {
      env: {},
      isTerminal: true,
      isInteractive: false,
      onSignal: () => () => undefined,
      out: (line) => out.push(line),
      err: () => undefined,
      stopped: Promise.resolve(''),
    },
  );
  t.equal(code, 0);
  const lines = out.join('\n');
  t.match(lines, '  authorize  http://localhost:8080/mailup/Authorization/OAuth/LogOn\n');
  t.match(lines, '  token      http://localhost:8080/mailup/Authorization/OAuth/Token\n');
  t.match(lines, '  token      http://understudy:8080/mailup/Authorization/OAuth/Token  (internal)\n');
  t.match(lines, '  API        http://understudy:8080/mailup/API/v1.1/Rest  (internal)\n');
  t.match(lines, 'Admin API  http://localhost:8080/__admin, internal http://understudy:8080/__admin  (open');
});
